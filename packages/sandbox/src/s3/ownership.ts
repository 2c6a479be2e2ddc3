import { childrenOf, textOf } from "../wire/xml.ts";
import { hasForeignGrants } from "./acl.ts";
import { s3Error } from "./errors.ts";
import type { SubResource } from "./sub-resource.ts";

const settings = new Set(["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"]);

export const ownershipControls: SubResource = {
  marker: "ownershipControls",
  root: "OwnershipControls",
  api: {
    get: "GetBucketOwnershipControls",
    put: "PutBucketOwnershipControls",
    delete: "DeleteBucketOwnershipControls",
  },
  unset: { kind: "error", code: "OwnershipControlsNotFoundError" },
  accept: (body, { bucket }) => {
    const rules = childrenOf(body, "Rule");
    const setting = rules[0] === undefined ? undefined : textOf(rules[0], "ObjectOwnership");
    if (rules.length !== 1 || setting === undefined || !settings.has(setting)) {
      throw s3Error("MalformedXML");
    }
    const acl = bucket.configuration.documents["acl"];
    if (
      setting === "BucketOwnerEnforced" &&
      acl !== undefined &&
      hasForeignGrants(acl, bucket.account)
    ) {
      throw s3Error("InvalidBucketAclWithObjectOwnership");
    }
    return body;
  },
};
