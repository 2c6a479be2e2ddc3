import { createHash } from "node:crypto";
import type { Call } from "../call.ts";
import type { Answer } from "../wire/request.ts";
import type { XmlElement } from "../wire/xml.ts";
import type { Bucket, StoredObject } from "./bucket.ts";
import { bucketOf, emptyAnswer, type S3Call, type S3Operation, xmlAnswer } from "./context.ts";
import { s3Error } from "./errors.ts";

/** Objects, as far as `aws s3 cp` and `aws s3 ls` on small files need them; without versions. */
export const objectOperations: Readonly<Record<string, S3Operation>> = {
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: (on) => {
    const object = objectOf(on);
    return emptyAnswer(200, {
      ...headersOf(object),
      "content-length": String(object.body.length),
    });
  },
  DeleteObject: (on) => {
    bucketOf(on).objects.delete(keyOf(on.call));
    return emptyAnswer(204);
  },
  ListObjectsV2: listObjects,
};

/** The object key of a request, decoded. */
function keyOf(call: Pick<Call, "request" | "bucket">): string {
  const isHosted = (call.request.headers["host"] ?? "").startsWith(`${call.bucket}.`);
  const path = call.request.path.slice(1);
  const key = isHosted ? path : path.slice((call.bucket ?? "").length + 1);
  try {
    return decodeURIComponent(key);
  } catch {
    throw s3Error("InvalidURI");
  }
}

function putObject({ call, world }: S3Call): Answer {
  const bucket = bucketOf({ call, world });
  const { body, headers } = call.request;
  const metadata = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"));
  const object: StoredObject = {
    body,
    contentType: headers["content-type"] ?? "binary/octet-stream",
    etag: `"${createHash("md5").update(body).digest("hex")}"`,
    lastModified: world.now(),
    metadata: Object.fromEntries(metadata),
  };
  bucket.objects.set(keyOf(call), object);
  return emptyAnswer(200, { etag: object.etag });
}

function getObject(on: S3Call): Answer {
  const object = objectOf(on);
  const range = rangeIn(on.call.request.headers["range"], object.body.length);
  if (range === undefined) return { status: 200, headers: headersOf(object), body: object.body };
  const { from, to } = range;
  return {
    status: 206,
    headers: {
      ...headersOf(object),
      "content-range": `bytes ${from}-${to}/${object.body.length}`,
    },
    body: object.body.subarray(from, to + 1),
  };
}

/** The one range that a client asks for; S3 leaves out what it cannot read as one. */
function rangeIn(header: string | undefined, length: number) {
  const [match, first = "", end = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (match === undefined || first + end === "") return undefined;
  const last = length - 1;
  const from = first === "" ? Math.max(0, length - Number(end)) : Number(first);
  const to = first === "" || end === "" ? last : Number(end);
  if (from > last) throw s3Error("InvalidRange");
  return from > to ? undefined : { from, to: Math.min(to, last) };
}

function objectOf(on: S3Call): StoredObject {
  const object = bucketOf(on).objects.get(keyOf(on.call));
  if (object === undefined) {
    throw s3Error("NoSuchKey", undefined, { members: { Key: keyOf(on.call) } });
  }
  return object;
}

function headersOf(object: StoredObject): Readonly<Record<string, string>> {
  return {
    "content-type": object.contentType,
    etag: object.etag,
    "last-modified": new Date(object.lastModified).toUTCString(),
    "accept-ranges": "bytes",
    ...object.metadata,
  };
}

function listObjects({ call, world }: S3Call): Answer {
  const bucket = bucketOf({ call, world });
  const { query } = call.request;
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const limit = Math.min(Number(query.get("max-keys") ?? 1000), 1000);
  const startAfter = query.get("start-after") ?? "";
  const after = query.get("continuation-token") ?? startAfter;
  const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  const entries = [...new Set(keys.map((key) => folded(key, prefix, delimiter)))].filter(
    (entry) => entry > after,
  );
  const page = entries.slice(0, limit);
  const isTruncated = entries.length > page.length;
  return xmlAnswer("ListBucketResult", {
    Name: bucket.name,
    Prefix: prefix,
    ...(delimiter === "" ? {} : { Delimiter: delimiter }),
    ...(startAfter === "" ? {} : { StartAfter: startAfter }),
    MaxKeys: String(limit),
    KeyCount: String(page.length),
    IsTruncated: String(isTruncated),
    ...(isTruncated ? { NextContinuationToken: page.at(-1) ?? "" } : {}),
    ...listing(page, bucket),
  });
}

/** The key, or the common prefix that it disappears in. */
function folded(key: string, prefix: string, delimiter: string): string {
  const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? key : key.slice(0, end + delimiter.length);
}

function listing(page: readonly string[], bucket: Bucket): XmlElement {
  const contents: XmlElement[] = [];
  const prefixes: XmlElement[] = [];
  for (const entry of page) {
    const object = bucket.objects.get(entry);
    if (object === undefined) prefixes.push({ Prefix: entry });
    else {
      contents.push({
        Key: entry,
        LastModified: new Date(object.lastModified).toISOString(),
        ETag: object.etag,
        Size: String(object.body.length),
        StorageClass: "STANDARD",
      });
    }
  }
  return { Contents: contents, CommonPrefixes: prefixes };
}
