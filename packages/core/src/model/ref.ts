import type { Brand } from "../kernel/brand.ts";
import { InputError } from "../kernel/input-error.ts";
import { assertNever } from "../kernel/never.ts";
import { otherKindOf } from "./bucket-kind.ts";

export type BucketName = Brand<string, "BucketName">;
export type AccountId = Brand<string, "AccountId">;
export type Region = Brand<string, "Region">;
export type Partition = "aws" | "aws-cn" | "aws-us-gov" | "aws-eusc";

/** One general purpose bucket and where it lives. All that a trigger leaves behind. */
export interface BucketRef {
  readonly kind: "bucket";
  readonly name: BucketName;
  /** The account that owns the bucket. */
  readonly account: AccountId;
  readonly region: Region;
}

/** An account as a whole: what it has once, in all Regions together. */
export interface AccountRef {
  readonly kind: "account";
  readonly account: AccountId;
  /** Where calls about the account are made; it says nothing about what is meant. */
  readonly region: Region;
}

/** What an account has in one Region, beside its buckets. */
export interface RegionRef {
  readonly kind: "region";
  readonly account: AccountId;
  readonly region: Region;
}

/** What a control can be about. Every kind knows its account and a Region. */
export type ResourceRef = BucketRef | AccountRef | RegionRef;

export type ResourceKind = ResourceRef["kind"];

export type RefOf<K extends ResourceKind> = Extract<ResourceRef, { kind: K }>;

/**
 * Text that is the same exactly when the resource is, for machines: a bucket's ARN, for the others
 * what Security Hub calls an account, with the Region where there is one.
 */
export function resourceId(ref: ResourceRef): string {
  switch (ref.kind) {
    case "bucket":
      return bucketArn(ref);
    case "account":
      return `AWS::::Account:${ref.account}`;
    case "region":
      return `AWS::::Account:${ref.account}/${ref.region}`;
    default:
      return assertNever(ref);
  }
}

/** The resource in a message for people: the name of a bucket, or which account it is. */
export function resourceName(ref: ResourceRef): string {
  switch (ref.kind) {
    case "bucket":
      return ref.name;
    case "account":
      return `account ${ref.account}`;
    case "region":
      return `account ${ref.account} in ${ref.region}`;
    default:
      return assertNever(ref);
  }
}

/** The name of the general purpose bucket that an ARN is of; undefined when it is of something else. */
export function bucketNamedBy(arn: string): string | undefined {
  return /^arn:[^:]+:s3:::([^/]+)$/.exec(arn)?.[1];
}

/** `arn:<partition>:s3:::<name>`: bucket ARNs carry neither region nor account. */
export function bucketArn(ref: BucketRef): string {
  return s3Arn(ref.region, ref.name);
}

/** The ARN of a bucket name, a key (`name/key`) or a pattern in the partition of `region`. */
export function s3Arn(region: Region, path: string): string {
  return `arn:${partitionOf(region)}:s3:::${path}`;
}

/** The partition follows from the region. */
export function partitionOf(region: Region): Partition {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}

/** Throws InputError unless `text` is twelve digits. `place` says where it stood. */
export function parseAccountId(text: string, place: string): AccountId {
  if (/^\d{12}$/.test(text)) return text as AccountId;
  throw new InputError({
    place,
    problem: `${JSON.stringify(text)} is not an AWS account id`,
    remedy: "Give the twelve digits, with leading zeros and without hyphens.",
  });
}

/** Throws InputError unless `text` looks like a region code, e.g. `eu-west-1`. */
export function parseRegion(text: string, place: string): Region {
  if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text)) return text as Region;
  throw new InputError({
    place,
    problem: `${JSON.stringify(text)} is not an AWS Region`,
    remedy: "Give a Region code such as eu-west-1.",
  });
}

/**
 * Throws InputError unless `text` is a legal name of a general purpose bucket, and says which other
 * kind of bucket it means where it does. Names of before 2018 in us-east-1 may hold capitals and
 * underscores, so these are let through.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function parseBucketName(text: string, place: string): BucketName {
  const other = otherKindOf(text);
  if (other !== undefined) {
    throw new InputError({
      place,
      problem: `${JSON.stringify(text)} is ${other.what}, which is not judged: ${other.why}`,
      remedy: "Give the name of a general purpose bucket.",
    });
  }
  if (/^[A-Za-z0-9._-]{3,255}$/.test(text)) return text as BucketName;
  throw new InputError({
    place,
    problem: `${JSON.stringify(text)} is not a bucket name`,
    remedy: "Give the name alone, without s3:// and without an ARN prefix.",
  });
}
