import type { Reading } from "../model/reading.ts";
import type { ResourceRef } from "../model/ref.ts";
import type { UnreadFacet } from "../model/verdict.ts";
import { wildcardMatches } from "../policy/index.ts";
import type { Overrides } from "./baseline.ts";

/** Settings that differ for some buckets. */
export interface Scope {
  readonly name: string;
  readonly match: Match;
  readonly settings: Overrides;
}

/** Which buckets are meant: each criterion that is given must fit; of a list, one entry is enough. */
export interface Match {
  /** Ids of organizational units, `ou-…` or `r-…`; units below them are meant as well. */
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  /** Tag key to a pattern (`*`, `?`) of its value; each of them must be there. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Name patterns (`*`, `?`). */
  readonly buckets?: readonly string[] | undefined;
}

/** What a bucket's ref does not say, and scopes may ask for. Read only when one does. */
export interface Traits {
  readonly tags?: Reading<Readonly<Record<string, string>>>;
  /** The organizational units above the account, from the nearest to the root. */
  readonly organizationalUnits?: Reading<readonly string[]>;
}

export type Trait = keyof Traits;

/** Whether a scope means a resource, or which trait would have to be known to tell. */
export type Fit = "yes" | "no" | UnreadTrait;

interface UnreadTrait extends UnreadFacet {
  readonly facet: Trait;
}

/** The traits that the scopes ask for. */
export function traitsAskedFor(scopes: readonly Scope[]): ReadonlySet<Trait> {
  return new Set(
    scopes.flatMap(({ match }): readonly Trait[] => [
      ...(match.tags === undefined ? [] : (["tags"] as const)),
      ...(match.organizationalUnits === undefined ? [] : (["organizationalUnits"] as const)),
    ]),
  );
}

/** A criterion that does not fit settles it, also where another cannot be told. */
export function fits({ match }: Scope, ref: ResourceRef, traits: Traits): Fit {
  const { accounts } = match;
  if (accounts !== undefined && !accounts.includes(ref.account)) return "no";
  if (!fitsRegion(match, ref) || !fitsName(match, ref)) return "no";
  const rest = [fitsTags(match, traits), fitsUnits(match, traits)];
  return rest.includes("no") ? "no" : (rest.find((it) => it !== "yes") ?? "yes");
}

/** An account as a whole is in no Region. */
function fitsRegion({ regions }: Match, ref: ResourceRef): boolean {
  return regions === undefined || (ref.kind !== "account" && regions.includes(ref.region));
}

/** Names and tags are those of buckets: a scope that asks for them means nothing else. */
function fitsName({ buckets, tags }: Match, ref: ResourceRef): boolean {
  if (ref.kind !== "bucket") return buckets === undefined && tags === undefined;
  return buckets === undefined || buckets.some((it) => wildcardMatches(it, ref.name));
}

function fitsTags({ tags: wanted }: Match, { tags }: Traits): Fit {
  if (wanted === undefined) return "yes";
  const known = settle("tags", tags, {});
  if ("facet" in known) return known;
  const has = ([key, pattern]: [string, string]) =>
    Object.hasOwn(known.value, key) && wildcardMatches(pattern, known.value[key] ?? "");
  return Object.entries(wanted).every(has) ? "yes" : "no";
}

function fitsUnits({ organizationalUnits: wanted }: Match, traits: Traits): Fit {
  if (wanted === undefined) return "yes";
  const known = settle<readonly string[]>("organizationalUnits", traits.organizationalUnits, []);
  if ("facet" in known) return known;
  return known.value.some((unit) => wanted.includes(unit)) ? "yes" : "no";
}

/** What AWS says is not there counts as `nothing`; what could not be read stays unknown. */
function settle<T>(trait: Trait, reading: Reading<T> | undefined, nothing: T): Settled<T> {
  if (reading === undefined) {
    return { facet: trait, reason: "failed", detail: "it was not asked for" };
  }
  if (reading.state === "unknown") {
    return { facet: trait, reason: reading.reason, detail: reading.detail };
  }
  return { value: reading.state === "present" ? reading.value : nothing };
}

type Settled<T> = { readonly value: T } | UnreadTrait;
