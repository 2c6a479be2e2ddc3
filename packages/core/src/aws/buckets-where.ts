import type { BucketRef } from "../model/ref.ts";

/** Enough to be done with a full account in minutes, and not so many that S3 throttles the account. */
const mostAtOnce = 8;

/** The buckets for which `test` holds, and those for which it fails: nobody knows that of them. */
export async function* bucketsWhere(
  buckets: AsyncIterable<BucketRef>,
  test: (bucket: BucketRef) => Promise<boolean>,
): AsyncIterable<BucketRef> {
  let chunk: BucketRef[] = [];
  for await (const bucket of buckets) {
    chunk.push(bucket);
    if (chunk.length < mostAtOnce) continue;
    yield* await passing(chunk, test);
    chunk = [];
  }
  yield* await passing(chunk, test);
}

async function passing(
  buckets: readonly BucketRef[],
  test: (bucket: BucketRef) => Promise<boolean>,
): Promise<readonly BucketRef[]> {
  const held = await Promise.all(buckets.map((bucket) => test(bucket).catch(() => true)));
  return buckets.filter((_, place) => held[place]);
}
