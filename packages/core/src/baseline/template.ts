import { partitionOf, type ResourceRef } from "../model/ref.ts";

/** What a template may refer to, and what stands there for one resource. */
export const placeholders = ["{account}", "{region}", "{bucket}", "{partition}"] as const;

/** Fills the placeholders of a template in for one resource. `{bucket}` stays where there is none. */
export function fillIn(template: string, ref: ResourceRef): string {
  const text = fillInPlace(template, ref);
  return ref.kind === "bucket" ? fillInBucket(text, ref.name) : text;
}

/** Fills in where a resource is, and leaves `{bucket}` to `fillInBucket`. */
export function fillInPlace(
  template: string,
  { account, region }: Pick<ResourceRef, "account" | "region">,
): string {
  return template
    .replaceAll("{account}", account)
    .replaceAll("{region}", region)
    .replaceAll("{partition}", partitionOf(region));
}

export function fillInBucket(template: string, bucket: string): string {
  return template.replaceAll("{bucket}", bucket);
}

/** The placeholders in a template that do not exist. */
export function unknownPlaceholders(template: string): readonly string[] {
  const known: readonly string[] = placeholders;
  return (template.match(/\{[^}]*\}?/g) ?? []).filter((part) => !known.includes(part));
}
