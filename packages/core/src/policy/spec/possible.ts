/** The answers that a question may have: one where AWS's documentation settles it, otherwise both. */
export type Possible = readonly boolean[];

export const yes: Possible = [true];
export const no: Possible = [false];
export const both: Possible = [true, false];

export function certainly(answer: boolean): Possible {
  return [answer];
}

/** Every answer of either. */
export function either(left: Possible, right: Possible): Possible {
  return [...new Set([...left, ...right])];
}

export function negate(possible: Possible): Possible {
  return possible.map((answer) => !answer);
}

/** What "all of them" may come to, when each of them may come out as it likes. */
export function allOf(questions: readonly Possible[]): Possible {
  return questions.reduce((whole, question) => pairs(whole, question, (a, b) => a && b), yes);
}

/** What "one of them at least" may come to. */
export function anyOf(questions: readonly Possible[]): Possible {
  return questions.reduce((whole, question) => pairs(whole, question, (a, b) => a || b), no);
}

function pairs(
  left: Possible,
  right: Possible,
  combine: (a: boolean, b: boolean) => boolean,
): Possible {
  return [...new Set(left.flatMap((a) => right.map((b) => combine(a, b))))];
}
