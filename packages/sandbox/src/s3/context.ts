import type { Call } from "../call.ts";
import type { Answer } from "../wire/request.ts";
import { parseXml, printXml, type XmlElement } from "../wire/xml.ts";
import type { World } from "../world.ts";
import type { Bucket } from "./bucket.ts";
import { s3Error } from "./errors.ts";

const s3Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** A call on S3 and the world that it is about. */
export interface S3Call {
  readonly call: Call;
  readonly world: World;
}

/** Serves one API operation. */
export type S3Operation = (on: S3Call) => Answer;

/** An XML answer in S3's namespace. */
export function xmlAnswer(
  root: string,
  body: XmlElement,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status: 200,
    headers: { "content-type": "application/xml", ...headers },
    body: printXml(root, body, s3Namespace),
  };
}

/** An answer without a body. */
export function emptyAnswer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, body: "" };
}

/** The request's XML body. Throws MalformedXML unless it is one element of this name. */
export function xmlBody(call: Call, root: string): XmlElement {
  const parsed = parseXml(call.request.body.toString("utf8"));
  if (parsed?.root !== root) throw s3Error("MalformedXML");
  return parsed.body;
}

/** The bucket that the call names, after everything that S3 checks before it looks at the request. */
export function bucketOf({ call, world }: S3Call): Bucket {
  const name = call.bucket ?? "";
  const bucket = world.buckets.get(name);
  if (bucket === undefined) {
    throw s3Error("NoSuchBucket", undefined, { members: { BucketName: name } });
  }
  refuseWrongRegion(bucket, call);
  refuseWrongOwner(bucket, call);
  refuseForeignCaller(bucket, call);
  return bucket;
}

function refuseWrongRegion(bucket: Bucket, call: Call): void {
  if (bucket.region === call.region || call.operation === "GetBucketLocation") return;
  const headers = { "x-amz-bucket-region": bucket.region };
  // A virtual-hosted name leads to the bucket's own region, where the signature's scope is wrong;
  // a path-style request arrives at the endpoint that was signed for and is sent on.
  if (isVirtualHosted(call)) {
    throw s3Error(
      "AuthorizationHeaderMalformed",
      `The authorization header is malformed; the region '${call.region}' is wrong; expecting '${bucket.region}'`,
      { members: { Region: bucket.region }, headers },
    );
  }
  throw s3Error("PermanentRedirect", undefined, {
    members: { Endpoint: `s3.${bucket.region}.amazonaws.com`, Bucket: bucket.name },
    headers,
  });
}

function isVirtualHosted(call: Call): boolean {
  return (call.request.headers["host"] ?? "").startsWith(`${call.bucket}.`);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html */
function refuseWrongOwner(bucket: Bucket, call: Call): void {
  const expected = call.request.headers["x-amz-expected-bucket-owner"];
  if (expected === undefined) return;
  if (!/^\d{12}$/.test(expected)) throw s3Error("InvalidBucketOwnerAWSAccountID");
  if (expected !== bucket.account) throw s3Error("AccessDenied");
}

const policyOperations = new Set(["GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"]);

/** Bucket policies are not evaluated: another account has no access, whatever they say. */
function refuseForeignCaller(bucket: Bucket, call: Call): void {
  if (call.principal.account === bucket.account) return;
  if (call.principal.kind !== "anonymous" && policyOperations.has(call.operation)) {
    throw s3Error("MethodNotAllowed");
  }
  throw s3Error("AccessDenied");
}
