import type { PublicAccessBlock } from "../model/facets.ts";

type Flag = Exclude<keyof PublicAccessBlock, "configuration">;

/** In the order and with the names of the S3 console and API. */
const flags: readonly (readonly [Flag, string])[] = [
  ["blockPublicAcls", "BlockPublicAcls"],
  ["ignorePublicAcls", "IgnorePublicAcls"],
  ["blockPublicPolicy", "BlockPublicPolicy"],
  ["restrictPublicBuckets", "RestrictPublicBuckets"],
];

/** The names of the flags that none of these blocks has on: S3 enforces what any of them asks for. */
export function missingFlags(
  blocks: readonly (PublicAccessBlock | undefined)[],
): readonly string[] {
  return flags.filter(([flag]) => !blocks.some((block) => block?.[flag])).map(([, name]) => name);
}
