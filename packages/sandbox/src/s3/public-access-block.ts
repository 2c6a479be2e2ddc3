import { textOf, type XmlElement } from "../wire/xml.ts";
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
  accept: (body) => {
    const entries = settings.map((setting) => {
      const value = (textOf(body, setting) ?? "false").toLowerCase();
      if (value !== "true" && value !== "false") throw s3Error("MalformedXML");
      return [setting, value];
    });
    return { ...body, ...Object.fromEntries(entries) };
  },
};

/** Whether the bucket's own public access block has this setting on. */
export function blocks(bucket: Bucket, setting: Setting): boolean {
  const document = bucket.configuration.documents["publicAccessBlock"];
  return document !== undefined && textOf(document, setting) === "true";
}
