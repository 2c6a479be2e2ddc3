import { canonicalJson } from "../kernel/json.ts";

/** One value at three times; undefined where there was none. */
export interface Versions {
  readonly before: unknown;
  readonly written: unknown;
  readonly now: unknown;
}

/** A member that somebody changed since, at a path like `rule.BucketKeyEnabled`. */
export interface Clash extends Versions {
  readonly place: string;
}

/** A value without one write, as far as nothing later is lost by that. */
export interface Merged {
  readonly value: unknown;
  readonly clashes: readonly Clash[];
}

/**
 * Takes a write back member by member: what it changed goes back to what was before, and what others
 * changed stays. Lists are taken as a whole.
 */
export function withoutWrite(versions: Versions, place = ""): Merged {
  const { before, written, now } = versions;
  if (isSame(before, written) || isSame(now, before)) return { value: now, clashes: [] };
  if (isSame(now, written)) return { value: before, clashes: [] };
  if (isObject(before) && isObject(written) && isObject(now)) {
    return membersWithout({ before, written, now }, place);
  }
  return { value: now, clashes: [{ place, ...versions }] };
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

type Members = Readonly<Record<string, unknown>>;

function membersWithout(
  { before, written, now }: { readonly [V in keyof Versions]: Members },
  place: string,
): Merged {
  const names = new Set([...Object.keys(now), ...Object.keys(before), ...Object.keys(written)]);
  const merged = [...names].map((name) => {
    const versions = { before: before[name], written: written[name], now: now[name] };
    return { name, ...withoutWrite(versions, place === "" ? name : `${place}.${name}`) };
  });
  const kept = merged.filter(({ value }) => value !== undefined);
  return {
    value: Object.fromEntries(kept.map(({ name, value }) => [name, value])),
    clashes: merged.flatMap(({ clashes }) => clashes),
  };
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
