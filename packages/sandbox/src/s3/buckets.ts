import { canonicalIdOf } from "../principal.ts";
import type { Answer } from "../wire/request.ts";
import { childOf, textOf, type XmlElement } from "../wire/xml.ts";
import { aclFromHeaders, grantsPublic, hasForeignGrants } from "./acl.ts";
import type { Bucket, Configuration } from "./bucket.ts";
import {
  bucketOf,
  emptyAnswer,
  type S3Call,
  type S3Operation,
  xmlAnswer,
  xmlBody,
} from "./context.ts";
import { encryptionOfNewBucket } from "./encryption.ts";
import { s3Error } from "./errors.ts";
import { publicAccessBlockOfNewBucket } from "./public-access-block.ts";

/** The calls about buckets themselves. */
export const bucketOperations: Readonly<Record<string, S3Operation>> = {
  CreateBucket: createBucket,
  DeleteBucket: (on) => {
    const bucket = bucketOf(on);
    if (bucket.objects.size > 0) {
      throw s3Error("BucketNotEmpty", undefined, { members: { BucketName: bucket.name } });
    }
    on.world.buckets.delete(bucket.name);
    return emptyAnswer(204);
  },
  HeadBucket: (on) =>
    emptyAnswer(200, {
      "content-type": "application/xml",
      "x-amz-bucket-region": bucketOf(on).region,
      "x-amz-access-point-alias": "false",
    }),
  GetBucketLocation: (on) => {
    const { region } = bucketOf(on);
    // us-east-1 has no constraint. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
    return xmlAnswer("LocationConstraint", region === "us-east-1" ? {} : { "#text": region });
  },
  ListBuckets: listBuckets,
};

function createBucket({ call, world }: S3Call): Answer {
  const name = call.bucket ?? "";
  if (!isBucketName(name)) {
    throw s3Error("InvalidBucketName", undefined, { members: { BucketName: name } });
  }
  if (call.principal.kind === "anonymous") throw s3Error("AccessDenied");
  const body = creationBody(call);
  const region = regionFor(call, body);
  const existing = world.buckets.get(name);
  if (existing !== undefined) return refuseSecond(existing, call);
  world.buckets.set(name, {
    name,
    account: call.principal.account,
    region,
    createdAt: call.at,
    objects: new Map(),
    configuration: configurationOfNewBucket(call, body),
    history: [],
  });
  return emptyAnswer(200, {
    location: `/${name}`,
    "x-amz-bucket-arn": `arn:aws:s3:::${name}`,
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function isBucketName(name: string): boolean {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) return false;
  if (name.includes("..") || /^\d+\.\d+\.\d+\.\d+$/.test(name)) return false;
  if (/^(xn--|sthree-|amzn-s3-demo-)/.test(name)) return false;
  return !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
}

/** Old name of eu-west-1, still accepted. */
const legacyConstraint = "EU";

function creationBody(call: S3Call["call"]): XmlElement {
  return call.request.body.length === 0 ? {} : xmlBody(call, "CreateBucketConfiguration");
}

function regionFor(call: S3Call["call"], body: XmlElement): string {
  const constraint = textOf(body, "LocationConstraint");
  if (call.region === "us-east-1") {
    if (constraint === undefined) return "us-east-1";
    if (constraint === legacyConstraint) return "eu-west-1";
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(constraint) || constraint === "us-east-1") {
      throw s3Error("InvalidLocationConstraint", undefined, {
        members: { LocationConstraint: constraint },
      });
    }
    return constraint;
  }
  if (constraint === undefined) throw s3Error("IllegalLocationConstraintException");
  if (constraint !== call.region) {
    throw s3Error(
      "IllegalLocationConstraintException",
      `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  return constraint;
}

function refuseSecond(existing: Bucket, call: S3Call["call"]): Answer {
  const members = { BucketName: existing.name };
  if (existing.account !== call.principal.account) {
    throw s3Error("BucketAlreadyExists", undefined, { members });
  }
  // For compatibility, only us-east-1 lets the owner create a bucket again.
  if (existing.region === "us-east-1" && call.region === "us-east-1") {
    return emptyAnswer(200, { location: `/${existing.name}` });
  }
  throw s3Error("BucketAlreadyOwnedByYou", undefined, { members });
}

const ownerships = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"];

function configurationOfNewBucket(call: S3Call["call"], body: XmlElement): Configuration {
  const { headers } = call.request;
  const ownership = headers["x-amz-object-ownership"] ?? "BucketOwnerEnforced";
  if (!ownerships.includes(ownership)) {
    throw s3Error("InvalidArgument", `Invalid x-amz-object-ownership header: ${ownership}`);
  }
  const isLocked = headers["x-amz-bucket-object-lock-enabled"]?.toLowerCase() === "true";
  const tags = childOf(body, "Tags");
  return {
    documents: {
      encryption: encryptionOfNewBucket,
      ownershipControls: { Rule: { ObjectOwnership: ownership } },
      publicAccessBlock: publicAccessBlockOfNewBucket,
      ...aclOfNewBucket(call, ownership),
      ...(tags === undefined ? {} : { tagging: { TagSet: tags } }),
      ...(isLocked
        ? { versioning: { Status: "Enabled" }, "object-lock": { ObjectLockEnabled: "Enabled" } }
        : {}),
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html */
function aclOfNewBucket(call: S3Call["call"], ownership: string): { readonly acl?: XmlElement } {
  const acl = aclFromHeaders(call.request.headers, call.principal.account);
  if (acl === undefined || !hasForeignGrants(acl, call.principal.account)) return {};
  if (ownership === "BucketOwnerEnforced") throw s3Error("InvalidBucketAclWithObjectOwnership");
  // Every bucket is born with public access blocked.
  if (grantsPublic(acl)) throw s3Error("InvalidBucketAclWithBlockPublicAccessError");
  return { acl };
}

function listBuckets({ call, world }: S3Call): Answer {
  const { query } = call.request;
  if (call.principal.kind === "anonymous") throw s3Error("AccessDenied");
  const limit = pageSize(query.get("max-buckets"));
  const after = tokenIn(query.get("continuation-token"));
  const prefix = query.get("prefix") ?? "";
  const region = query.get("bucket-region");
  const found = [...world.buckets.values()]
    .filter(({ account }) => account === call.principal.account)
    .filter((bucket) => bucket.name.startsWith(prefix) && bucket.name > after)
    .filter((bucket) => region === null || bucket.region === region)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next =
    last === undefined || found.length <= page.length
      ? {}
      : { ContinuationToken: Buffer.from(last.name).toString("base64") };
  const owner = { ID: canonicalIdOf(call.principal.account) };
  const buckets = { Bucket: page.map((bucket) => listed(bucket, query)) };
  return xmlAnswer("ListAllMyBucketsResult", {
    Owner: owner,
    Buckets: page.length === 0 ? {} : buckets,
    ...next,
    ...(prefix === "" ? {} : { Prefix: prefix }),
  });
}

function pageSize(text: string | null): number {
  const size = text === null ? 10_000 : Number(text);
  if (!Number.isInteger(size) || size < 1 || size > 10_000) {
    throw s3Error("InvalidArgument", "Argument max-buckets must be an integer between 1 and 10000");
  }
  return size;
}

function tokenIn(token: string | null): string {
  return token === null ? "" : Buffer.from(token, "base64").toString("utf8");
}

/** The region and ARN of each bucket are only part of paginated answers. */
function listed(bucket: Bucket, query: URLSearchParams): XmlElement {
  const isPaginated = ["max-buckets", "continuation-token", "prefix", "bucket-region"].some(
    (name) => query.has(name),
  );
  return {
    Name: bucket.name,
    CreationDate: new Date(bucket.createdAt).toISOString(),
    ...(isPaginated
      ? { BucketRegion: bucket.region, BucketArn: `arn:aws:s3:::${bucket.name}` }
      : {}),
  };
}
