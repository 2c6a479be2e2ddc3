import { isDeepStrictEqual } from "node:util";
import type { Observation } from "./play.ts";

/** A difference between another judge and AWS that is known, and why it says nothing about AWS. */
export interface Accepted {
  /** What differs, as a sentence that no other has. */
  readonly name: string;
  /** How it is known who is right; `unverified` where it is not. */
  readonly fact: string;
  /** The questions concerned: `bucket policy: never set`, or a row as a whole: `object lambda`. */
  readonly questions: readonly string[];
}

export interface Judgement {
  readonly equal: number;
  /** How many questions differ under each name. */
  readonly accepted: ReadonlyMap<string, number>;
  /** What differs and is accepted nowhere. */
  readonly surprising: readonly Observation[];
  /** Questions that are accepted and do not differ, or are not asked, each with its name. */
  readonly stale: readonly string[];
}

export function isEqual({ expected, seen }: Observation): boolean {
  return isDeepStrictEqual(seen, expected);
}

/** Sorts what was observed by what is known of it. */
export function judge(
  observations: readonly Observation[],
  accepted: readonly Accepted[],
): Judgement {
  const different = observations.filter((observation) => !isEqual(observation));
  const isAccepted = ({ name }: Observation) =>
    accepted.some(({ questions }) => questions.some((question) => covers(question, name)));
  return {
    equal: observations.length - different.length,
    accepted: new Map(
      accepted.map(({ name, questions }) => [
        name,
        different.filter((it) => questions.some((question) => covers(question, it.name))).length,
      ]),
    ),
    surprising: different.filter((observation) => !isAccepted(observation)),
    stale: accepted.flatMap(({ name, questions }) =>
      questions
        .filter((question) => isStale(question, observations))
        .map((question) => `${question} (${name})`),
    ),
  };
}

function isStale(question: string, observations: readonly Observation[]): boolean {
  const concerned = observations.filter(({ name }) => covers(question, name));
  return concerned.length === 0 || concerned.some(isEqual);
}

function covers(question: string, name: string): boolean {
  return name === question || name.startsWith(`${question}: `);
}
