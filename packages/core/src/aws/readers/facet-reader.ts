import { absent, type Known, present } from "../../model/reading.ts";
import type { BucketRef } from "../../model/ref.ts";
import type { ReadContext } from "../../observe/index.ts";
import type { Clients } from "../clients.ts";
import { type AbsentKind, meaningOf } from "../errors.ts";

/** Undefined means: AWS answered, and there is none. */
type Answer<T> = T | undefined;

/** How one facet is read. `ask` may throw whatever the SDK throws. */
export interface FacetReader<T, On = BucketRef> {
  /** The "there is none" that this call can answer with. */
  readonly absent: AbsentKind;
  readonly ask: (clients: Clients, on: On, context: ReadContext) => Promise<Answer<T>>;
}

/** Part of a facet; throws what is neither present nor absent, so that all of the facet is unknown. */
export async function known<T>(
  absentKind: AbsentKind,
  ask: () => Promise<Answer<T>>,
): Promise<Known<T>> {
  try {
    const value = await ask();
    return value === undefined ? absent : present(value);
  } catch (error) {
    if (meaningOf(error, absentKind).kind === "absent") return absent;
    throw error;
  }
}

/** The members that every S3 call carries: a bucket of somebody else must never be touched. */
export function bucketOf(on: BucketRef): { Bucket: string; ExpectedBucketOwner: string } {
  return { Bucket: on.name, ExpectedBucketOwner: on.account };
}
