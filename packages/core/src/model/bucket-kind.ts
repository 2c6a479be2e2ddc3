/** A thing that is called like a bucket, or is one of another kind, and that no control judges. */
export interface OtherKind {
  /** With its article, e.g. `a directory bucket`. */
  readonly what: string;
  /** Why there is no judgement. */
  readonly why: string;
}

const directory: OtherKind = {
  what: "a directory bucket",
  why: "it has no versioning, logging, Object Lock or public access block, and its policy speaks of other actions",
};
const table: OtherKind = {
  what: "a table bucket",
  why: "it has policies, encryption and maintenance of its own, and no setting of a general purpose bucket",
};
const vector: OtherKind = {
  what: "a vector bucket",
  why: "it has a policy and encryption of its own, and no setting of a general purpose bucket",
};
const alias: OtherKind = {
  what: "an alias of an access point",
  why: "settings belong to the bucket behind it",
};
const multiRegion: OtherKind = {
  what: "a Multi-Region Access Point",
  why: "settings belong to the buckets behind it",
};
const outpost: OtherKind = {
  what: "a bucket on Outposts",
  why: "it is managed through S3 Control, and has few settings of a general purpose bucket",
};

/**
 * Suffixes that no general purpose bucket can have.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const bySuffix: Readonly<Record<string, OtherKind>> = {
  "--x-s3": directory,
  "--table-s3": table,
  "--xa-s3": alias,
  "--ol-s3": alias,
  "-s3alias": alias,
  ".mrap": multiRegion,
};

/** The part of an ARN after the partition; the services also sign their CloudTrail records with it. */
const byService: Readonly<Record<string, OtherKind>> = {
  s3express: directory,
  s3tables: table,
  s3vectors: vector,
  "s3-outposts": outpost,
};

/** What a name or an ARN means instead of a general purpose bucket; undefined when it may mean one. */
export function otherKindOf(nameOrArn: string): OtherKind | undefined {
  const service = /^arn:[^:]*:([^:]*):/.exec(nameOrArn)?.[1] ?? "";
  const suffix = Object.keys(bySuffix).find((it) => nameOrArn.endsWith(it));
  return serviceKind(service) ?? (suffix === undefined ? undefined : bySuffix[suffix]);
}

/** The same for the source of a CloudTrail record, e.g. `s3express.amazonaws.com`. */
export function otherKindFrom(eventSource: string): OtherKind | undefined {
  return serviceKind(eventSource.replace(/\.amazonaws\.com$/, ""));
}

function serviceKind(service: string): OtherKind | undefined {
  return Object.hasOwn(byService, service) ? byService[service] : undefined;
}
