import type { Encryption, PublicAccessBlock } from "../model/facets.ts";
import { absent, present, type Reading } from "../model/reading.ts";
import type { Region } from "../model/ref.ts";
import { allFlags, blockOf, ownershipOf } from "./access-documents.ts";
import { type BucketState, untold } from "./bucket-state.ts";
import { cannedAcl } from "./canned-acl.ts";
import { encryptionOf, firstTagsIn } from "./documents.ts";
import type { Parameters } from "./understand.ts";

/** How a bucket was made. */
export interface Birth {
  readonly parameters: Parameters;
  readonly region: Region;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What S3 gives to a bucket that is made with this call, as it did on that day. */
export function stateOfNewBucket(birth: Birth): BucketState {
  const isLocked = isYes(birth.parameters?.["x-amz-bucket-object-lock-enabled"]);
  const locked = { configuration: { ObjectLockEnabled: "Enabled" } };
  const versions = isLocked ? "enabled" : "never-enabled";
  const always: BucketState = {
    policy: absent,
    logging: absent,
    vendedLogs: absent,
    cors: absent,
    website: absent,
    lifecycle: absent,
    accessPoints: present([]),
    requesterPays: present(false),
    encryption: encryptionAtBirth(birth),
    publicAccessBlock: blockAtBirth(birth),
  };
  if (birth.parameters === undefined) return always;
  return {
    ...always,
    ...ownershipAtBirth(birth),
    tags: tagsAtBirth(birth),
    versioning: present({ status: versions, mfaDelete: "never-configured" }),
    objectLock: isLocked ? present(locked) : absent,
  };
}

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);

/** S3 changed what new buckets get Region by Region: in between it is not known. */
export const encryptedSince = day("2023-01-05");
const closed = { from: day("2023-04-01"), everywhere: day("2023-05-01") };
const withoutSseC = { from: day("2026-04-06"), everywhere: day("2026-05-01") };
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html */
const withSseC: readonly string[] = ["me-south-1", "me-central-1"];

/** The rule that S3 falls back to. */
export const sseS3 = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
  BucketKeyEnabled: false,
};

const duringRollout = untold("S3 changed the default of new buckets in these weeks");

function encryptionAtBirth({ at, region }: Birth): Reading<Encryption> {
  if (at < encryptedSince) return untold("S3 began to encrypt by default on 5 January 2023");
  if (at < withoutSseC.from || withSseC.includes(region)) return present(encryptionOf(sseS3));
  if (at < withoutSseC.everywhere) return duringRollout;
  const blocked = { EncryptionType: ["SSE-C"] };
  return present(encryptionOf({ ...sseS3, BlockedEncryptionTypes: blocked }));
}

/** https://aws.amazon.com/about-aws/whats-new/2023/04/amazon-s3-security-best-practices-buckets-default/ */
function blockAtBirth({ at }: Birth): Reading<PublicAccessBlock> {
  if (at < closed.from) return absent;
  if (at < closed.everywhere) return duringRollout;
  return present(blockOf(allFlags));
}

/** Where ACLs have a say, a bucket may be made with grants that a record need not show. */
function ownershipAtBirth({ at, parameters }: Birth): Pick<BucketState, "ownership" | "acl"> {
  const asked = parameters?.["x-amz-object-ownership"];
  const canned = parameters?.["x-amz-acl"];
  const acl = typeof canned === "string" ? cannedAcl(canned) : untold(hiddenGrants);
  if (typeof asked === "string") return { ownership: present(ownershipOf(asked)), acl };
  if (at < closed.from) return { ownership: absent, acl };
  if (at < closed.everywhere) return { ownership: duringRollout, acl };
  return { ownership: present(ownershipOf("BucketOwnerEnforced")), acl };
}

const hiddenGrants = "the record does not tell with which grants the bucket was made";

function tagsAtBirth({ parameters }: Birth): BucketState["tags"] & object {
  const tags = firstTagsIn(parameters);
  if (tags === undefined) return untold("the record does not tell the tags clearly");
  return Object.keys(tags).length === 0 ? absent : present(tags);
}

function isYes(value: unknown): boolean {
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}
