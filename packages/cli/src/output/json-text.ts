import { escaped } from "@bucket-warden/core/kernel";

/** JSON in one line. What a terminal would obey stands there by its number, which means the same. */
export function jsonText(value: unknown): string {
  return escaped(JSON.stringify(value));
}
