import type { Answer, Expected } from "./row.ts";

/** Two answers, without what differs from world to world and from day to day. */
export interface Comparison {
  readonly expected: Answer;
  readonly seen: Answer;
}

/** The answer beside the expected one; of an output that is only partly expected, that part. */
export function comparisonOf(expected: Expected, seen: Answer): Comparison {
  if (expected.kind === "refused") return { expected, seen: withoutChance(seen) };
  const output = plain(expected.output);
  const answer = withoutChance(seen);
  const part = expected.kind === "showing" && answer.kind === "answered";
  return {
    expected: { kind: "answered", output },
    seen: part ? { kind: "answered", output: partOf(answer.output, output) } : answer,
  };
}

function withoutChance(answer: Answer): Answer {
  return answer.kind === "refused" ? answer : { kind: "answered", output: plain(answer.output) };
}

/** What every world makes up itself. */
const chance: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, "<date>"],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<id>"],
  [/^[0-9a-f]{64}$/, "<canonical id>"],
  [/^r-[0-9a-z]{4,32}$/, "<root>"],
];

/** The output as JSON would have it: without members that are undefined, ids and dates. */
function plain(output: unknown): unknown {
  if (output instanceof Date) return "<date>";
  if (typeof output === "string") {
    return chance.reduce((text, [form, word]) => text.replace(form, word), output);
  }
  if (Array.isArray(output)) return output.map(plain);
  if (typeof output !== "object" || output === null) return output;
  const members = Object.entries(output).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members.map(([name, value]) => [name, plain(value)]));
}

/** Of every object the members that the model has; lists keep all that they have. */
function partOf(output: unknown, model: unknown): unknown {
  if (Array.isArray(output) && Array.isArray(model)) {
    return output.map((item, index) => partOf(item, model[index]));
  }
  if (!isRecord(output) || !isRecord(model)) return output;
  const members = Object.entries(output).filter(([name]) => Object.hasOwn(model, name));
  return Object.fromEntries(members.map(([name, value]) => [name, partOf(value, model[name])]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
