import { partitionOf, type ResourceRef } from "../model/ref.ts";

/** What a template may refer to, and what stands there for one resource. */
export const placeholders = ["{account}", "{region}", "{bucket}", "{partition}"] as const;

/** Fills the placeholders of a template in for one resource. `{bucket}` stays where there is none. */
export function fillIn(template: string, ref: ResourceRef): string {
  const text = template
    .replaceAll("{account}", ref.account)
    .replaceAll("{region}", ref.region)
    .replaceAll("{partition}", partitionOf(ref.region));
  return ref.kind === "bucket" ? text.replaceAll("{bucket}", ref.name) : text;
}

/** The placeholders in a template that do not exist. */
export function unknownPlaceholders(template: string): readonly string[] {
  const known: readonly string[] = placeholders;
  return (template.match(/\{[^}]*\}?/g) ?? []).filter((part) => !known.includes(part));
}
