import type { Call } from "../call.ts";
import type { World } from "../world.ts";
import type { AccessRequest } from "./access.ts";

/**
 * Where the action is not called like the operation, for S3 and S3 Control.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const actions: Readonly<Record<string, string>> = {
  "s3 ListBuckets": "ListAllMyBuckets",
  "s3 ListObjects": "ListBucket",
  "s3 ListObjectsV2": "ListBucket",
  "s3 HeadBucket": "ListBucket",
  "s3 HeadObject": "GetObject",
  "s3 CopyObject": "PutObject",
  "s3 GetBucketEncryption": "GetEncryptionConfiguration",
  "s3 PutBucketEncryption": "PutEncryptionConfiguration",
  "s3 DeleteBucketEncryption": "PutEncryptionConfiguration",
  "s3 GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
  "s3 PutObjectLockConfiguration": "PutBucketObjectLockConfiguration",
  "s3 GetPublicAccessBlock": "GetBucketPublicAccessBlock",
  "s3 PutPublicAccessBlock": "PutBucketPublicAccessBlock",
  "s3 DeletePublicAccessBlock": "PutBucketPublicAccessBlock",
  "s3 GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
  "s3 PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
  "s3 DeleteBucketLifecycle": "PutLifecycleConfiguration",
  "s3 GetBucketReplication": "GetReplicationConfiguration",
  "s3 GetBucketCors": "GetBucketCORS",
  "s3 PutBucketCors": "PutBucketCORS",
  "s3 DeleteBucketCors": "PutBucketCORS",
  "s3 DeleteBucketOwnershipControls": "PutBucketOwnershipControls",
  "s3 DeleteBucketTagging": "PutBucketTagging",
  "s3-control GetPublicAccessBlock": "GetAccountPublicAccessBlock",
  "s3-control PutPublicAccessBlock": "PutAccountPublicAccessBlock",
  "s3-control DeletePublicAccessBlock": "PutAccountPublicAccessBlock",
};

function actionOf({ service, operation }: Call): string {
  return `s3:${actions[`${service} ${operation}`] ?? operation}`;
}

/** Nothing is asked about a bucket that is not there: everybody hears that. */
export function s3Request(call: Call, world: World): AccessRequest | undefined {
  const action = actionOf(call);
  if (call.bucket === undefined) return { action, resource: "*", context: {} };
  const owner = world.buckets.get(call.bucket)?.account;
  if (owner === undefined) return undefined;
  const resource = `arn:aws:s3:::${call.bucket}${isAboutObject(call) ? `/${keyOf(call)}` : ""}`;
  return { action, resource, context: { "s3:ResourceAccount": [owner] } };
}

function isAboutObject({ operation }: Call): boolean {
  return /^(Get|Put|Head|Delete|Copy)Object$/.test(operation);
}

/** Path style: the bucket comes first. */
function keyOf({ request, bucket = "" }: Call): string {
  const path = decodeURIComponent(request.path.slice(1));
  const isHosted = (request.headers["host"] ?? "").startsWith(`${bucket}.`);
  return isHosted ? path : path.slice(bucket.length + 1);
}

/** Lists of an account, its block, and GetAccessPoint know no resource. */
export function s3ControlRequest(call: Call): AccessRequest {
  const account = call.request.headers["x-amz-account-id"] ?? "";
  const context = { "s3:ResourceAccount": [account] };
  return { action: actionOf(call), resource: pointArn(call, account), context };
}

function pointArn({ operation, region, request }: Call, account: string): string {
  const [, , kind, name = "", more = ""] = request.path.split("/").map(decodeURIComponent);
  switch (kind) {
    case "accesspoint":
      return /Policy/.test(operation) ? `arn:aws:s3:${region}:${account}:accesspoint/${name}` : "*";
    case "accesspointforobjectlambda":
      return name === ""
        ? "*"
        : `arn:aws:s3-object-lambda:${region}:${account}:accesspoint/${name}`;
    case "mrap":
      return more === "" ? "*" : `arn:aws:s3::${account}:accesspoint/${more}`;
    default:
      return "*";
  }
}
