import { absent, type Known, present } from "../../model/reading.ts";
import { type BucketRef, type ResourceRef, resourceId } from "../../model/ref.ts";
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

/**
 * Asks once a look, however many facets rest on the answer: they see the same, and S3 is called less.
 * Without a look to remember it in, it asks each time.
 */
export function askOnce<T, On extends ResourceRef>(
  reader: FacetReader<T, On>,
  clients: Clients,
  on: On,
  context: ReadContext,
): Promise<Answer<T>> {
  const { answers } = context;
  if (answers === undefined) return reader.ask(clients, on, context);
  const ofReader = answers.get(reader) ?? new Map<string, Promise<unknown>>();
  answers.set(reader, ofReader);
  const id = resourceId(on);
  const answer = ofReader.get(id) ?? reader.ask(clients, on, context);
  ofReader.set(id, answer);
  return answer as Promise<Answer<T>>; // what stands under a reader came from it
}

/** Asks once for all resources for which the answer is the same, where looks share their answers. */
export function askShared<T>(
  { shared }: Pick<ReadContext, "shared">,
  question: readonly string[],
  ask: () => Promise<T>,
): Promise<T> {
  return shared === undefined ? ask() : shared.of(question.join(" "), ask);
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
