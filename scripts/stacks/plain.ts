import { basename } from "node:path";

/** How Pulumi marks values that are more than JSON. */
const signature = "4dabf18193072939515e22adb298388d";

/** A resource's properties as plain JSON: secrets opened, files as their names. */
export function plainOf(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, plain(value)]));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (signature in value && "value" in value) return plain(value.value);
  if ("__pulumiAsset" in value && "path" in value) return fileOf(value.path);
  return plainOf({ ...value });
}

function fileOf(path: unknown): string {
  return typeof path === "string" ? `file ${basename(path)}` : "file";
}
