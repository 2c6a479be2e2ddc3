import { InputError } from "@bucket-warden/core/kernel";
import { type Matcher, matchesValue } from "./matcher.ts";
import { PatternError, parseMatcher } from "./parse-matcher.ts";

/** An event pattern after parsing: every member must match, and one pattern of each `$or`. */
export interface EventPattern {
  readonly fields: ReadonlyMap<string, EventPattern | readonly Matcher[]>;
  readonly alternatives: readonly (readonly EventPattern[])[];
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const maximumCharacters = 2048;

/**
 * Reads a pattern as EventBridge's PutRule does. Throws InputError for what that would refuse: an
 * unknown operator, an empty list, a pattern of more than 2,048 characters.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-content-based-filtering.html
 */
export function parsePattern(json: string): EventPattern {
  if (json.length > maximumCharacters) {
    throw refused("$", `it has ${json.length} characters, more than ${maximumCharacters}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw refused("$", "it is not JSON", cause);
  }
  return parseFields(value, "$");
}

function parseFields(value: unknown, path: string): EventPattern {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refused(path, "it is neither an object nor a list of values");
  }
  const entries = Object.entries(value);
  if (entries.length === 0) throw refused(path, "it is empty");
  const plain = entries.filter(([name, member]) => !isOr(name, member));
  return {
    fields: new Map(plain.map(([name, member]) => [name, parseMember(member, `${path}.${name}`)])),
    alternatives: entries
      .filter(([name, member]) => isOr(name, member))
      .map(([, member]) => parseAlternatives(member, `${path}.$or`)),
  };
}

/** A list of fewer than two, or of anything but objects, makes `$or` an ordinary member. */
function isOr(name: string, member: unknown): boolean {
  return (
    name === "$or" &&
    Array.isArray(member) &&
    member.length > 1 &&
    member.every((item) => typeof item === "object" && item !== null)
  );
}

function parseAlternatives(member: unknown, path: string): readonly EventPattern[] {
  const list: readonly unknown[] = Array.isArray(member) ? member : [];
  return list.map((item, index) => parseFields(item, `${path}[${index}]`));
}

function parseMember(member: unknown, path: string): EventPattern | readonly Matcher[] {
  if (!Array.isArray(member)) return parseFields(member, path);
  if (member.length === 0) throw refused(path, "the list is empty");
  try {
    return member.map(parseMatcher);
  } catch (error) {
    if (error instanceof PatternError) throw refused(path, error.message, error);
    throw error;
  }
}

function refused(place: string, problem: string, cause?: unknown): InputError {
  return new InputError({
    place: `event pattern ${place}`,
    problem,
    remedy: "Write it as EventBridge's guide on event patterns shows",
    cause,
  });
}

/** Whether EventBridge would call the targets of a rule with this pattern. */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  // In a list, one element has to satisfy the whole pattern.
  if (Array.isArray(event)) return event.some((element) => matchesPattern(pattern, element));
  const members = membersOf(event);
  for (const [name, expected] of pattern.fields) {
    const value = members.get(name);
    const isPresent = members.has(name);
    const matches = isMatchers(expected)
      ? matchesLeaf(expected, value, isPresent)
      : matchesPattern(expected, value);
    if (!matches) return false;
  }
  return pattern.alternatives.every((choices) =>
    choices.some((choice) => matchesPattern(choice, event)),
  );
}

function isMatchers(expected: EventPattern | readonly Matcher[]): expected is readonly Matcher[] {
  return Array.isArray(expected);
}

/** Any matcher on any element is enough. `exists` asks for a leaf: an object does not count. */
function matchesLeaf(matchers: readonly Matcher[], value: unknown, isPresent: boolean): boolean {
  const isLeaf = isPresent && (typeof value !== "object" || value === null || Array.isArray(value));
  if (!isLeaf) return matchers.some((matcher) => matcher.kind === "exists" && !matcher.wanted);
  const values: readonly unknown[] = Array.isArray(value)
    ? value.flat(Number.POSITIVE_INFINITY)
    : [value];
  return values.some((item) => matchers.some((matcher) => matchesValue(matcher, item)));
}

function membersOf(event: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof event === "object" && event !== null ? Object.entries(event) : []);
}
