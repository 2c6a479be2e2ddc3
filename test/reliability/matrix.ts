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
}

export interface Tally {
  readonly tried: number;
  readonly survived: number;
  /** How often each known limit was met. */
  readonly limits: ReadonlyMap<string, number>;
  readonly failures: readonly { readonly name: string; readonly problems: readonly string[] }[];
}

/** Tries cases one after the other, so that a seed gives the same run. */
export async function tally(cases: readonly Case[]): Promise<Tally> {
  const limits = new Map<string, number>();
  const failures: { name: string; problems: readonly string[] }[] = [];
  for (const { name, run } of cases) {
    const { problems, limits: met = [] } = await run().catch(
      (error: unknown): Verdict => ({ problems: [String(error)] }),
    );
    for (const limit of met) limits.set(limit, (limits.get(limit) ?? 0) + 1);
    if (problems.length > 0) failures.push({ name, problems });
  }
  return { tried: cases.length, survived: cases.length - failures.length, limits, failures };
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
