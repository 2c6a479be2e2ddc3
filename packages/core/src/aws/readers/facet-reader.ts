import type { BucketRef } from "../../model/ref.ts";
import type { ReadContext } from "../../observe/index.ts";
import type { Clients } from "../clients.ts";
import type { AbsentKind } from "../errors.ts";

/** Undefined means: AWS answered, and there is none. */
type Answer<T> = T | undefined;

/** How one facet is read. `ask` may throw whatever the SDK throws. */
export interface FacetReader<T, On = BucketRef> {
  /** The "there is none" that this call can answer with. */
  readonly absent: AbsentKind;
  readonly ask: (clients: Clients, on: On, context: ReadContext) => Promise<Answer<T>>;
}

/** The members that every S3 call carries: a bucket of somebody else must never be touched. */
export function bucketOf(on: BucketRef): { Bucket: string; ExpectedBucketOwner: string } {
  return { Bucket: on.name, ExpectedBucketOwner: on.account };
}
