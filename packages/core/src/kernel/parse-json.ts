/** Far more than anything that is meant has: a call in CloudTrail or a saved scan has some twenty levels. */
const mostLevels = 100;

/** What is wrong with such a value, for people. */
export const tooDeep = `it is nested deeper than ${mostLevels} levels`;

/** JSON that `JSON.parse` takes, and on which whatever looks through it later would exhaust the stack. */
class TooDeep extends Error {
  override readonly name = "TooDeep";
}

/** What `JSON.parse` makes of a text from outside. Throws also where that nests too deeply. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isTooDeep(value)) throw new TooDeep(tooDeep);
  return value;
}

/** What `parseJson` found wrong, for people; `otherwise` where the text is no JSON at all. */
export function whyNoJson(cause: unknown, otherwise: string): string {
  return cause instanceof TooDeep ? cause.message : otherwise;
}

/** Level by level, since a value that is too deep is too deep for a function that calls itself. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= mostLevels; depth += 1) {
    level = level.flatMap((it) => (typeof it === "object" && it !== null ? Object.values(it) : []));
    if (level.length === 0) return false;
  }
  return true;
}
