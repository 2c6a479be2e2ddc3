import { bucketPage, documents, errorOf, policyOf } from "./documents.ts";

/** What goes back over the wire, and under which name it is counted. */
export interface Answer {
  readonly operation: string;
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The buckets of the account: so many that all look alike, and what was written to them. */
export interface Buckets {
  readonly count: number;
  /** By bucket and sub-resource, the body that was put; undefined where it was deleted. */
  readonly written: Map<string, string | undefined>;
}

const logBucket = "bench-logs";

/** Zero-padded, so that names sort as they are numbered. */
export function bucketName(at: number): string {
  return `bench-${String(at).padStart(6, "0")}`;
}

export interface S3Request {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** Answers a call of S3 with path-style addresses. */
export function answerS3(request: S3Request, buckets: Buckets): Answer {
  const slash = request.path.indexOf("/", 1);
  const bucket = slash < 0 ? request.path.slice(1) : request.path.slice(1, slash);
  if (bucket === "") return listed(request.query, buckets);
  if (!exists(bucket, buckets)) return failure("NoSuchBucket", bucket, "NoSuchBucket");
  const end = request.query.search(/[=&]/);
  const part = end < 0 ? request.query : request.query.slice(0, end);
  if (request.method === "HEAD") return ok("HeadBucket", "");
  if (!(part in documents)) return ok("ListObjects", objects(bucket, request.query));
  if (request.method === "GET") return read(bucket, part, buckets);
  buckets.written.set(`${bucket}?${part}`, request.method === "PUT" ? request.body : undefined);
  return ok(`${request.method === "PUT" ? "Put" : "Delete"} ${part}`, "");
}

function read(bucket: string, part: string, { written }: Buckets): Answer {
  const id = `${bucket}?${part}`;
  const [good, other] = documents[part] ?? [];
  const number = Number(bucket.slice(-6));
  const isGood = bucket === logBucket || number % 10 < 7;
  const document = written.has(id) ? putOf(written.get(id), other) : isGood ? good : other;
  const operation = `Get ${part}`;
  if (document === undefined || "missing" in document) {
    return failure(document?.missing ?? "NoSuchConfiguration", bucket, operation);
  }
  return part === "policy"
    ? { operation, status: 200, type: "application/json", body: document.body || policyOf(bucket) }
    : ok(operation, document.body);
}

function putOf(body: string | undefined, other: (typeof documents)[string][1] | undefined) {
  return body === undefined ? other : { body };
}

function exists(bucket: string, { count }: Buckets): boolean {
  return bucket === logBucket || (/^bench-\d{6}$/.test(bucket) && Number(bucket.slice(6)) < count);
}

const mostOnPage = 10_000;

function listed(query: string, { count }: Buckets): Answer {
  const asked = new URLSearchParams(query);
  const size = Number(asked.get("max-buckets") ?? mostOnPage);
  const prefix = asked.get("prefix") ?? "";
  const from = Number(asked.get("continuation-token") ?? 0);
  const to = Math.min(count, from + size);
  const page = Array.from({ length: to - from }, (_, at) => bucketName(from + at));
  const names = [...page, ...(to === count ? [logBucket] : [])];
  const next = to < count ? String(to) : undefined;
  return ok(
    "ListBuckets",
    bucketPage(
      names.filter((it) => it.startsWith(prefix)),
      next,
    ),
  );
}

/** One object that just came, as log files do; its name begins with what was asked for. */
function objects(bucket: string, query: string): string {
  const asked = new URLSearchParams(query);
  const key = `${asked.get("start-after") ?? asked.get("prefix") ?? ""}-0A1B2C3D4E5F6789`;
  const head = `<Name>${bucket}</Name><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>`;
  const file = `<Contents><Key>${key}</Key><LastModified>${new Date().toISOString()}</LastModified><Size>100</Size></Contents>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult>${head}${file}</ListBucketResult>`;
}

function ok(operation: string, body: string): Answer {
  return { operation, status: 200, type: "application/xml", body };
}

/** An error of S3. */
export function failure(code: string, bucket: string, operation: string): Answer {
  const status = code === "SlowDown" ? 503 : 404;
  return { operation, status, type: "application/xml", body: errorOf(code, bucket) };
}
