import type { Identified } from "../call.ts";
import type { WireRequest } from "../wire/request.ts";
import { byIdSubResources } from "./by-id.ts";
import { subResources } from "./sub-resources.ts";

/** Which API operation a request is, on which bucket. What the sandbox lacks is named `…?marker`. */
export function identifyS3(request: WireRequest): Identified {
  const write = request.method !== "GET" && request.method !== "HEAD";
  const { bucket, hasKey } = placeOf(request);
  const operation =
    bucket === undefined
      ? serviceOperation(request)
      : hasKey
        ? objectOperation(request)
        : bucketOperation(request);
  return {
    operation,
    ...(bucket === undefined ? {} : { bucket }),
    write,
  };
}

/** Path style, or the bucket in front of `.localhost` or an S3 host name. */
function placeOf({ headers, path }: WireRequest): { bucket: string | undefined; hasKey: boolean } {
  const host = (headers["host"] ?? "").replace(/:\d+$/, "");
  const hosted = /^(.+)\.(localhost|s3[.-][a-z0-9.-]*amazonaws\.com)$/.exec(host)?.[1];
  if (hosted !== undefined) return { bucket: hosted, hasKey: path.length > 1 };
  const [, bucket = "", ...key] = path.split("/");
  return {
    // The names of buckets need no decoding; one that does is not a valid name.
    bucket: bucket === "" ? undefined : bucket,
    hasKey: key.join("/") !== "",
  };
}

function serviceOperation({ method }: WireRequest): string {
  return method === "GET" ? "ListBuckets" : `${method} /`;
}

/** Query parameters that do not choose an operation. */
const neutral =
  /^(x-id|x-amz-.*|id|list-type|prefix|delimiter|max-keys|marker|continuation-token|start-after|encoding-type|fetch-owner|AWSAccessKeyId|Signature|Expires)$/i;

function markerIn(query: URLSearchParams): string | undefined {
  return [...query.keys()].find((name) => !neutral.test(name));
}

const objectOperations: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "HeadObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
};

function objectOperation({ method, query, headers }: WireRequest): string {
  const marker = markerIn(query);
  if (marker !== undefined) return `${method} object?${marker}`;
  if (headers["x-amz-copy-source"] !== undefined) return "CopyObject";
  return objectOperations[method] ?? `${method} object`;
}

const bucketOperations: Readonly<Record<string, string>> = {
  HEAD: "HeadBucket",
  PUT: "CreateBucket",
  DELETE: "DeleteBucket",
};

const policyOperations: Readonly<Record<string, string>> = {
  "GET policy": "GetBucketPolicy",
  "PUT policy": "PutBucketPolicy",
  "DELETE policy": "DeleteBucketPolicy",
  "GET policyStatus": "GetBucketPolicyStatus",
  "GET location": "GetBucketLocation",
};

const configurationOperations: Readonly<Record<string, string>> = {
  ...policyOperations,
  ...Object.fromEntries(
    subResources.flatMap(({ marker, api }) => [
      [`GET ${marker}`, api.get],
      [`PUT ${marker}`, api.put],
      ...(api.delete === undefined ? [] : [[`DELETE ${marker}`, api.delete]]),
    ]),
  ),
  ...Object.fromEntries(
    byIdSubResources.flatMap(({ marker, root }) => [
      [`GET ${marker}`, `GetBucket${root}`],
      [`PUT ${marker}`, `PutBucket${root}`],
      [`DELETE ${marker}`, `DeleteBucket${root}`],
      [`LIST ${marker}`, `ListBucket${root}s`],
    ]),
  ),
};

function bucketOperation({ method, query }: WireRequest): string {
  const marker = markerIn(query);
  if (marker === undefined) {
    // The first version of the listing differs only in its paging, and is not kept.
    if (method === "GET") return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
    return bucketOperations[method] ?? `${method} bucket`;
  }
  const list = method === "GET" && !query.has("id") ? `LIST ${marker}` : "";
  return (
    configurationOperations[list] ??
    configurationOperations[`${method} ${marker}`] ??
    `${method} bucket?${marker}`
  );
}
