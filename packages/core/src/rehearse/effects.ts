import type { BucketFacets, Facet } from "../model/facets.ts";
import { absent, present, type Reading } from "../model/reading.ts";
import { aclIn, ownershipIn, publicAccessBlockIn } from "./access-documents.ts";
import { type BucketState, isKept, untold } from "./bucket-state.ts";
import { cannedAcl } from "./canned-acl.ts";
import * as documents from "./documents.ts";
import { encryptedSince, sseS3 } from "./new-bucket.ts";
import type { Parameters, Understand } from "./understand.ts";

/** A call as far as it changes a bucket. */
export interface BucketCall {
  readonly eventName: string;
  readonly parameters: Parameters;
  /** The type of its caller, e.g. `Root`. */
  readonly callerType: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly touches: readonly Facet[] | "all";
}

type Effect = (call: BucketCall, before: BucketState) => BucketState;

const unclear = untold("the record does not show what was set");

function sets<F extends keyof BucketState & keyof BucketFacets>(
  facet: F,
  understand: Understand<BucketFacets[F]>,
): Effect {
  return ({ parameters }) => {
    const value = understand(parameters);
    return { [facet]: value === undefined ? unclear : present(value) };
  };
}

function removes(facet: keyof BucketState): Effect {
  return () => ({ [facet]: absent });
}

const putBlock = sets("publicAccessBlock", publicAccessBlockIn);
const putObjectLock = sets("objectLock", documents.objectLockIn);
const putLifecycle = sets("lifecycle", documents.lifecycleIn);

const effects: Readonly<Record<string, Effect>> = {
  PutBucketPolicy: sets("policy", documents.policyIn),
  DeleteBucketPolicy: removes("policy"),
  PutBucketEncryption: sets("encryption", documents.encryptionIn),
  // S3 goes back to SSE-S3. Whether SSE-C is refused again is not documented.
  DeleteBucketEncryption: ({ at }) => ({
    encryption: at < encryptedSince ? absent : present(documents.encryptionOf(sseS3)),
  }),
  PutBucketLogging: ({ parameters }) => {
    const value = documents.loggingIn(parameters);
    if (value === undefined) return { logging: unclear };
    return { logging: value === "off" ? absent : present(value) };
  },
  PutBucketVersioning: versioned,
  PutObjectLockConfiguration: putObjectLock,
  PutBucketObjectLockConfiguration: putObjectLock,
  PutBucketRequestPayment: ({ parameters }) => {
    const value = documents.requesterPaysIn(parameters);
    return { requesterPays: value === undefined ? unclear : present(value) };
  },
  PutBucketWebsite: sets("website", documents.websiteIn),
  DeleteBucketWebsite: removes("website"),
  PutBucketLifecycle: putLifecycle,
  PutBucketLifecycleConfiguration: putLifecycle,
  DeleteBucketLifecycle: removes("lifecycle"),
  PutBucketPublicAccessBlock: putBlock,
  PutPublicAccessBlock: putBlock,
  DeleteBucketPublicAccessBlock: removes("publicAccessBlock"),
  DeletePublicAccessBlock: removes("publicAccessBlock"),
  PutBucketCors: sets("cors", documents.corsIn),
  DeleteBucketCors: removes("cors"),
  PutBucketOwnershipControls: sets("ownership", ownershipIn),
  DeleteBucketOwnershipControls: removes("ownership"),
  PutBucketAcl: ({ parameters }) => {
    const canned = parameters?.["x-amz-acl"];
    const name = Array.isArray(canned) && canned.length === 1 ? canned[0] : canned;
    if (typeof name === "string") return { acl: cannedAcl(name) };
    const value = aclIn(parameters);
    return { acl: value === undefined ? unclear : present(value) };
  },
  PutBucketTagging: ({ parameters }) => {
    const tags = documents.tagsIn(parameters);
    if (tags === undefined) return { tags: unclear };
    return { tags: Object.keys(tags).length === 0 ? absent : present(tags) };
  },
  DeleteBucketTagging: removes("tags"),
};

/** What a call leaves of a bucket: only the facets that it changed, each as far as the record tells. */
export function effectOf(call: BucketCall, before: BucketState): BucketState {
  const { eventName, touches } = call;
  const effect = Object.hasOwn(effects, eventName) ? effects[eventName] : undefined;
  if (effect !== undefined) return effect(call, before);
  const changed = touches === "all" ? [] : touches.filter(isKept);
  return Object.fromEntries(changed.map((facet) => [facet, unclear]));
}

/**
 * MFA delete stays as it is where the call does not speak of it. Under MFA delete only the root user can
 * change versioning, so that whoever else did shows that it is off.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
 */
function versioned({ parameters, callerType }: BucketCall, before: BucketState): BucketState {
  const put = documents.versioningIn(parameters);
  if (put === undefined) return { versioning: unclear };
  const known: Reading<BucketFacets["versioning"]> | undefined = before.versioning;
  const kept = known?.state === "present" ? known.value.mfaDelete : undefined;
  const isOff = callerType !== "Root" && callerType !== "Unknown";
  const mfaDelete = put.mfaDelete ?? kept ?? (isOff ? "never-configured" : undefined);
  if (mfaDelete === undefined) {
    return { versioning: untold("no record tells whether the bucket has MFA delete") };
  }
  return { versioning: present({ status: put.status, mfaDelete }) };
}
