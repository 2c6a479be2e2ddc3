import { type BucketRef, partitionOf } from "../model/ref.ts";

/** What a template may refer to, and what stands there for one bucket. */
export const placeholders = ["{account}", "{region}", "{bucket}", "{partition}"] as const;

/** Fills the placeholders of a template in for one bucket. */
export function fillIn(template: string, ref: BucketRef): string {
  return template
    .replaceAll("{account}", ref.account)
    .replaceAll("{region}", ref.region)
    .replaceAll("{bucket}", ref.name)
    .replaceAll("{partition}", partitionOf(ref.region));
}

/** The placeholders in a template that do not exist. */
export function unknownPlaceholders(template: string): readonly string[] {
  const known: readonly string[] = placeholders;
  return (template.match(/\{[^}]*\}?/g) ?? []).filter((part) => !known.includes(part));
}
