import { canonicalJson } from "../kernel/json.ts";
import { assertNever } from "../kernel/never.ts";
import type { Cors, CorsRule, ObjectLock, PolicyText, Versioning } from "../model/facets.ts";
import { type Conflict, isRemoval, type PlanStep } from "../model/plan.ts";
import { absent, type Known, present, valueIn } from "../model/reading.ts";
import { revert } from "../policy/index.ts";
import { type Clash, type Versions, withoutWrite } from "./three-way.ts";

/** What a document is once a step is taken back from it, or why that would lose something. */
export type TakenBack =
  | { readonly kind: "taken"; readonly document: Known<unknown> }
  | { readonly kind: "conflict"; readonly conflicts: readonly Conflict[] }
  /** The document itself stands in the way. */
  | { readonly kind: "refused"; readonly why: string; readonly remedy: string };

/** Takes one step back from the document as it is now. */
export function takeBack(step: PlanStep, known: Known<unknown>): TakenBack {
  const written = isRemoval(step) ? undefined : step.after;
  const versions = { before: valueIn<unknown>(step.before), written, now: valueIn(known) };
  // The reading and the step are about the same document, whose values these are.
  switch (step.document) {
    case "policy":
      return withoutPolicyWrite(versions as Of<PolicyText>);
    case "cors":
      return withoutCorsWrite(versions as Of<Cors>);
    case "versioning":
      return merge(step, reachable(versions as Of<Versioning>));
    case "objectLock":
      return withoutCompliance(versions as Of<ObjectLock>, merge(step, versions));
    case "encryption":
    case "logging":
    case "publicAccessBlock":
    case "ownership":
    case "accountPublicAccess":
      return merge(step, versions);
    default:
      return assertNever(step);
  }
}

/** A document as it was, as it was written and as it is; undefined where there was none. */
type Of<T> = { readonly [V in keyof Versions]: T | undefined };

function taken(value: unknown): TakenBack {
  return { kind: "taken", document: value === undefined ? absent : present(value) };
}

function merge(step: PlanStep, versions: Versions): TakenBack {
  const { value, clashes } = withoutWrite(versions);
  if (clashes.length === 0) return taken(value);
  return { kind: "conflict", conflicts: conflictsOf(step, clashes) };
}

/** Documents hold their members twice: as they were read, and as they are understood. */
const asRead: Readonly<Partial<Record<PlanStep["document"], string>>> = {
  encryption: "rule",
  logging: "enabled",
  publicAccessBlock: "configuration",
  accountPublicAccess: "configuration",
  ownership: "rule",
  objectLock: "configuration",
};

function conflictsOf({ document }: PlanStep, clashes: readonly Clash[]): readonly Conflict[] {
  const raw = clashes.filter(({ place }) => place.startsWith(`${asRead[document]}.`));
  return (raw.length > 0 ? raw : clashes).map(({ place, ...versions }) => ({
    document,
    place: place === "" ? document : place,
    ...versions,
  }));
}

function withoutPolicyWrite({ before, written, now }: Of<PolicyText>): TakenBack {
  const result = revert(now?.text, { before: before?.text, written: written?.text });
  switch (result.kind) {
    case "unchanged":
      return taken(now);
    case "changed":
      return taken(result.text === undefined ? undefined : { text: result.text });
    case "refused":
      return result;
    case "conflict":
      return {
        kind: "conflict",
        conflicts: result.conflicts.map(({ statement, ...versions }) => ({
          document: "policy",
          place: statement,
          ...versions,
        })),
      };
    default:
      return assertNever(result);
  }
}

/** Rules that were removed come back behind the others, so that those still match first. */
function withoutCorsWrite(versions: Of<Cors>): TakenBack {
  const { rules: before } = versions.before ?? none;
  const { rules: written } = versions.written ?? none;
  const { rules: now } = versions.now ?? none;
  if (canonicalJson(now) === canonicalJson(written)) return rulesOrNone(before);
  const kept = without(now, without(written, before));
  const back = without(without(before, written), now);
  const clashes = back.flatMap((rule) => clashesWith(rule, kept));
  if (clashes.length > 0) return { kind: "conflict", conflicts: clashes };
  return rulesOrNone([...kept, ...back]);
}

const none: Cors = { rules: [] };

function rulesOrNone(rules: readonly CorsRule[]): TakenBack {
  return taken(rules.length === 0 ? undefined : { rules });
}

/** Those that have no counterpart among the others. */
function without(rules: readonly CorsRule[], others: readonly CorsRule[]): readonly CorsRule[] {
  const known = new Set(others.map(canonicalJson));
  return rules.filter((rule) => !known.has(canonicalJson(rule)));
}

/** Somebody gave the id of a rule that shall come back to another one. */
function clashesWith({ rule }: CorsRule, kept: readonly CorsRule[]): readonly Conflict[] {
  const id = rule["ID"];
  const others = id === undefined ? [] : kept.filter((it) => it.rule["ID"] === id);
  return others.map((it) => ({
    document: "cors",
    place: `rule ${String(id)}`,
    before: rule,
    now: it.rule,
  }));
}

/** Versioning that was on once can only be suspended. */
function reachable(versions: Of<Versioning>): Of<Versioning> {
  const { before } = versions;
  if (before?.status !== "never-enabled") return versions;
  return { ...versions, before: { ...before, status: "suspended" } };
}

/** A retention in COMPLIANCE mode is never written: nobody could take it back. */
function withoutCompliance({ before, now }: Of<ObjectLock>, result: TakenBack): TakenBack {
  const wouldBeNew =
    before?.defaultRetention?.mode === "COMPLIANCE" && now?.defaultRetention?.mode !== "COMPLIANCE";
  if (result.kind !== "taken" || !wouldBeNew) return result;
  return {
    kind: "refused",
    why: "the default retention was in COMPLIANCE mode, and nobody could take that back",
    remedy: "set it by hand if it shall be so again",
  };
}
