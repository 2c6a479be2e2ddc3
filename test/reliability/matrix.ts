/** One thing that is tried. */
export interface Case {
  /** A sentence, equal for the same seed. */
  readonly name: string;
  /** Tries it and says what was wrong in the end, and which known limits were met on the way. */
  readonly run: () => Promise<Verdict>;
}

export interface Verdict {
  /** Nothing when it survived. */
  readonly problems: readonly string[];
  /** Known limits by name; see docs/reliability.md. */
  readonly limits?: readonly string[];
}

/** Many cases of one kind. */
export interface Matrix extends AsyncDisposable {
  /** In the order in which they are tried; the first ones are a fair sample. */
  readonly cases: readonly Case[];
  /** So many at once; one when left out. */
  readonly atOnce?: number;
  /** What was measured on the way, for people. */
  readonly measured?: () => string;
}

export interface Tally {
  readonly tried: number;
  readonly survived: number;
  /** How often each known limit was met. */
  readonly limits: ReadonlyMap<string, number>;
  readonly failures: readonly { readonly name: string; readonly problems: readonly string[] }[];
}

/**
 * Tries cases, so many at once: one after the other a seed gives the same run call by call, and cases
 * that mostly wait need not wait for each other.
 */
export async function tally(cases: readonly Case[], atOnce = 1): Promise<Tally> {
  const verdicts = new Map<Case, Verdict>();
  const left = cases.values();
  const work = async () => {
    for (const one of left) verdicts.set(one, await one.run().catch(asProblem));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const limits = new Map<string, number>();
  for (const limit of [...verdicts.values()].flatMap((it) => it.limits ?? [])) {
    limits.set(limit, (limits.get(limit) ?? 0) + 1);
  }
  const failures = cases.flatMap((one) => {
    const { problems = [] } = verdicts.get(one) ?? {};
    return problems.length === 0 ? [] : [{ name: one.name, problems }];
  });
  return { tried: cases.length, survived: cases.length - failures.length, limits, failures };
}

function asProblem(error: unknown): Verdict {
  return { problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
}

/** What differs, for people; nothing where both are the same as JSON. */
export function difference(what: string, is: unknown, shouldBe: unknown): readonly string[] {
  const [one, other] = [JSON.stringify(is), JSON.stringify(shouldBe)];
  return one === other ? [] : [`${what}: is ${one}, should be ${other}`];
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A copy in an order that the seed decides. */
export function shuffled<T>(list: readonly T[], draw: () => number): readonly T[] {
  return list
    .map((item) => ({ item, place: draw() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
