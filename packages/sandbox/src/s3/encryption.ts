import { childOf, childrenOf, textOf, textsOf, type XmlElement } from "../wire/xml.ts";
import { s3Error } from "./errors.ts";
import type { SubResource } from "./sub-resource.ts";

/** What a bucket is born with since April 2026: SSE-S3, and SSE-C blocked. */
export const encryptionOfNewBucket: XmlElement = {
  Rule: {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
    BucketKeyEnabled: "false",
    BlockedEncryptionTypes: { EncryptionType: "SSE-C" },
  },
};

const algorithms = new Set(["AES256", "aws:kms", "aws:kms:dsse", "aws:fsx"]);
const blockable = new Set(["SSE-C", "NONE"]);

export const encryption: SubResource = {
  marker: "encryption",
  root: "ServerSideEncryptionConfiguration",
  api: {
    get: "GetBucketEncryption",
    put: "PutBucketEncryption",
    delete: "DeleteBucketEncryption",
  },
  // A bucket always has a default encryption since 2023, so this is never seen in practice.
  unset: { kind: "document", document: () => plainSseS3 },
  accept: (body) => {
    const rules = childrenOf(body, "Rule");
    const [rule] = rules;
    if (rules.length !== 1 || rule === undefined) throw s3Error("MalformedXML");
    refuseBadDefault(rule);
    refuseBadBlock(rule);
    // A Put that does not mention BlockedEncryptionTypes stores none: what S3 makes of it is not
    // documented, and this is the case in which a careless writer loses the block.
    return { ...body, Rule: { BucketKeyEnabled: "false", ...rule } };
  },
  // S3 goes back to SSE-S3. Whether it also goes back to blocking SSE-C is not documented either.
  afterDelete: () => plainSseS3,
};

const plainSseS3: XmlElement = {
  Rule: {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
    BucketKeyEnabled: "false",
  },
};

function refuseBadDefault(rule: XmlElement): void {
  const byDefault = childOf(rule, "ApplyServerSideEncryptionByDefault");
  if (byDefault === undefined) {
    if (childOf(rule, "BlockedEncryptionTypes") === undefined) throw s3Error("MalformedXML");
    return;
  }
  const algorithm = textOf(byDefault, "SSEAlgorithm");
  if (algorithm === undefined || !algorithms.has(algorithm)) throw s3Error("MalformedXML");
  const key = textOf(byDefault, "KMSMasterKeyID");
  if (key !== undefined && !algorithm.startsWith("aws:kms")) {
    throw s3Error(
      "InvalidArgument",
      "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
      { members: { ArgumentName: "ApplyServerSideEncryptionByDefault" } },
    );
  }
  // The key itself is not looked at: S3 stores any id.
}

function refuseBadBlock(rule: XmlElement): void {
  const blocked = childOf(rule, "BlockedEncryptionTypes");
  if (blocked === undefined) return;
  const types = textsOf(blocked, "EncryptionType");
  if (types.length === 0 || !types.every((type) => blockable.has(type))) {
    throw s3Error("MalformedXML");
  }
}
