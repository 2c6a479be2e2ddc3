import { textOf, type XmlElement } from "../wire/xml.ts";
import type { World } from "../world.ts";
import type { Bucket } from "./bucket.ts";
import { s3Error } from "./errors.ts";
import type { SubResource } from "./sub-resource.ts";

type Setting =
  | "BlockPublicAcls"
  | "IgnorePublicAcls"
  | "BlockPublicPolicy"
  | "RestrictPublicBuckets";

const settings: readonly Setting[] = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
];

/** All four on: what a bucket is born with since April 2023. */
export const publicAccessBlockOfNewBucket: XmlElement = Object.fromEntries(
  settings.map((setting) => [setting, "true"]),
);

export const publicAccessBlock: SubResource = {
  marker: "publicAccessBlock",
  root: "PublicAccessBlockConfiguration",
  api: {
    get: "GetPublicAccessBlock",
    put: "PutPublicAccessBlock",
    delete: "DeletePublicAccessBlock",
  },
  events: {
    get: "GetBucketPublicAccessBlock",
    put: "PutBucketPublicAccessBlock",
    delete: "DeleteBucketPublicAccessBlock",
  },
  unset: { kind: "error", code: "NoSuchPublicAccessBlockConfiguration" },
  accept: acceptPublicAccessBlock,
};

/** A block as S3 stores it: what is left out is off. Throws for what is no block. */
export function acceptPublicAccessBlock(body: XmlElement): XmlElement {
  const entries = settings.map((setting) => {
    const value = (textOf(body, setting) ?? "false").toLowerCase();
    if (value !== "true" && value !== "false") throw s3Error("MalformedXML");
    return [setting, value];
  });
  return { ...body, ...Object.fromEntries(entries) };
}

/**
 * Whether the block of the bucket or of its account has this setting on. A policy of the organization
 * stands in place of the account's block.
 */
export function blocks(
  { configuration, account }: Bucket,
  setting: Setting,
  world: World,
): boolean {
  const isOn = (block: XmlElement | undefined) => textOf(block ?? {}, setting) === "true";
  if (isOn(configuration.documents["publicAccessBlock"])) return true;
  const ruled = world.organizationS3Policies.get(account);
  return ruled === undefined ? isOn(world.accountPublicAccessBlocks.get(account)) : ruled === "all";
}
