import { GetBucketTaggingCommand, type S3Client } from "@aws-sdk/client-s3";
import { InputError } from "@bucket-warden/core/kernel";

/** By which a bucket says that it may be touched. */
export interface Marker {
  readonly account: string;
  /** What the names of all buckets of this run begin with. */
  readonly prefix: string;
}

export const markerTag = "bucket-warden-conformance";

/** Throws InputError unless the bucket has our prefix and the tag that names its account. */
export async function requireMarked(client: S3Client, bucket: string, marker: Marker) {
  const { account, prefix } = marker;
  if (!bucket.startsWith(prefix)) throw refused(bucket, `its name does not begin with ${prefix}`);
  const answer = await client
    .send(new GetBucketTaggingCommand({ Bucket: bucket, ExpectedBucketOwner: account }))
    .catch((cause: unknown) => {
      throw refused(bucket, "its tags cannot be read", cause);
    });
  const tag = answer.TagSet?.find(({ Key }) => Key === markerTag);
  if (tag?.Value !== account) throw refused(bucket, `it has no tag ${markerTag}=${account}`);
}

/**
 * Lets no call of `client` through that is about a bucket without the marker, or about none; `plain` is
 * a client without a guard, by which the tags are read.
 */
export function guard(client: S3Client, plain: S3Client, marker: Marker): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const { Bucket } = { Bucket: undefined, ...args.input } as { Bucket?: string };
      if (Bucket === undefined) throw refused("a call that names no bucket", "it could be any");
      await requireMarked(plain, Bucket, marker);
      return next(args);
    },
    { step: "initialize", name: "marked-buckets-only", priority: "high", override: true },
  );
}

function refused(bucket: string, problem: string, cause?: unknown): InputError {
  const remedy =
    "Nothing was done to it: these tests touch only buckets that they made themselves.";
  return new InputError({ place: bucket, problem, remedy, cause });
}
