import { describeError } from "@bucket-warden/core/aws";
import type {
  AccountId,
  BucketRef,
  Region,
  ResourceKind,
  ResourceRef,
} from "@bucket-warden/core/model";
import { wildcardMatches } from "@bucket-warden/core/policy";
import type { Directory } from "@bucket-warden/core/resolve";

/** Which of the resources of an account are meant. */
export interface Wanted {
  /** The kinds that any of the controls is about. */
  readonly kinds: ReadonlySet<ResourceKind>;
  /** Every Region in which there are buckets, and the home Region, where none is named. */
  readonly regions: readonly Region[];
  /** Name patterns; every bucket where there are none, else buckets alone. */
  readonly patterns: readonly string[];
  /** Where calls about a whole account are made. */
  readonly home: Region;
}

/**
 * The buckets of an account, then the account itself and its Regions. Buckets come first because what
 * cannot be reached shows there, and because they say which Regions are in use. Throws an error that
 * says why there is no list of them.
 */
export async function* resourcesOf(
  account: AccountId,
  directory: Pick<Directory, "bucketsOf">,
  wanted: Wanted,
): AsyncGenerator<ResourceRef, void> {
  const { regions, home } = wanted;
  const used = new Set(regions.length > 0 ? regions : [home]);
  const buckets = needsList(wanted) ? listed(directory.bucketsOf(account), account) : [];
  for await (const bucket of buckets) {
    if (regions.length === 0) used.add(bucket.region);
    if (isWanted(bucket, wanted)) yield bucket;
  }
  yield* besideBuckets(account, used, wanted);
}

function needsList({ kinds, regions }: Wanted): boolean {
  return kinds.has("bucket") || (kinds.has("region") && regions.length === 0);
}

function besideBuckets(
  account: AccountId,
  used: ReadonlySet<Region>,
  { kinds, patterns, home }: Wanted,
): readonly ResourceRef[] {
  if (patterns.length > 0) return [];
  const own = kinds.has("account") ? [{ kind: "account", account, region: home } as const] : [];
  const places = kinds.has("region") ? [...used] : [];
  return [...own, ...places.map((region) => ({ kind: "region", account, region }) as const)];
}

export function isWanted(
  { name, region }: BucketRef,
  { kinds, regions, patterns }: Wanted,
): boolean {
  if (!kinds.has("bucket")) return false;
  const isThere = regions.length === 0 || regions.includes(region);
  return isThere && (patterns.length === 0 || patterns.some((it) => wildcardMatches(it, name)));
}

async function* listed(
  buckets: AsyncIterable<BucketRef>,
  account: AccountId,
): AsyncGenerator<BucketRef, void> {
  try {
    yield* buckets;
  } catch (cause) {
    const why = `the buckets of ${account} cannot be listed (${describeError(cause)})`;
    throw new Error(why, { cause });
  }
}
