import type { LedgerEntry } from "../model/entry.ts";
import type { Finding } from "../model/finding.ts";
import { type AccountId, type ResourceRef, resourceId, resourceName } from "../model/ref.ts";
import type { Actor } from "../model/trigger.ts";
import { seenIn } from "../model/verdict.ts";

/** What would have come of a control on a resource. */
export const verdictKinds = [
  /** It would have been written. */
  "changed",
  "flagged",
  /** It would have waited for somebody's approval. */
  "approval",
  "blocked",
  "contested",
  /** The day's budget of writes was used up. */
  "held",
  "waived",
  "undecided",
  /** The log does not tell enough. */
  "unknown",
] as const;

export type VerdictKind = (typeof verdictKinds)[number];

/** How often each came to be; what stays as it is counts once. */
export type Counts = Readonly<Record<VerdictKind, number>>;

/** One control on one resource that came to be something else than before. */
export interface Verdict {
  readonly kind: VerdictKind | "fine";
  readonly on: ResourceRef;
  readonly control: string;
  readonly summary: string;
  /** ISO 8601. */
  readonly at: string;
  readonly eventName: string;
  readonly actor: Actor | undefined;
}

/** A control that is not right, or not known, at the end of the log. */
export interface OpenVerdict {
  readonly resource: string;
  readonly account: AccountId;
  readonly control: string;
  readonly kind: VerdictKind;
  readonly summary: string;
}

/** Drift that was found at any time. */
export interface FoundDrift {
  readonly on: ResourceRef;
  readonly control: string;
  readonly summary: string;
}

export interface Tally {
  /** Counts one reconcile, and gives what it made different. */
  readonly add: (entry: LedgerEntry) => readonly Verdict[];
  readonly totals: () => Totals;
}

export interface Totals {
  readonly reconciles: number;
  readonly counts: Counts;
  readonly byControl: Readonly<Record<string, Counts>>;
  readonly byResource: Readonly<Record<string, Counts>>;
  readonly byActor: Readonly<Record<string, Counts>>;
  readonly byDay: Readonly<Record<string, Counts>>;
  /** By document. */
  readonly writes: Readonly<Record<string, number>>;
  readonly open: readonly OpenVerdict[];
  readonly found: readonly FoundDrift[];
}

type Mutable = Record<VerdictKind, number>;
type Group = Map<string, Mutable>;

/** What is remembered of one resource. */
interface Memory {
  readonly on: ResourceRef;
  readonly last: Map<string, Pick<Verdict, "kind" | "summary">>;
  readonly drift: Map<string, string>;
}

/** Counts what a rehearsal leads to. It grows with the resources, and not with the log. */
export function newTally(): Tally {
  const resources = new Map<string, Memory>();
  const all = none();
  const groups = { control: newGroup(), resource: newGroup(), actor: newGroup(), day: newGroup() };
  const writes = new Map<string, number>();
  let reconciles = 0;

  const count = ({ kind, control, on, actor, at }: Verdict) => {
    if (kind === "fine") return;
    all[kind] += 1;
    const day = at.slice(0, 10);
    const who = actor === undefined ? "nobody" : (actor.role ?? actor.arn);
    const keys = { control, resource: resourceName(on), actor: who, day };
    for (const name of ["control", "resource", "actor", "day"] as const) {
      countIn(groups[name], keys[name], kind);
    }
  };
  return {
    add(entry) {
      reconciles += 1;
      const on = entry.plan.on;
      const key = `${on.account} ${resourceId(on)}`;
      const memory = resources.get(key) ?? { on, last: new Map(), drift: new Map() };
      resources.set(key, memory);
      for (const { step } of written(entry)) {
        writes.set(step.document, (writes.get(step.document) ?? 0) + 1);
      }
      const verdicts = entry.findings.flatMap((finding) => newsOf(finding, entry, memory));
      verdicts.forEach(count);
      return verdicts;
    },
    totals: () => ({
      reconciles,
      counts: { ...all },
      byControl: mostFirst(groups.control),
      byResource: mostFirst(groups.resource),
      byActor: mostFirst(groups.actor),
      byDay: Object.fromEntries([...groups.day].sort(([a], [b]) => (a < b ? -1 : 1))),
      writes: Object.fromEntries([...writes].sort(([, a], [, b]) => b - a)),
      open: [...resources.values()].flatMap(openOf),
      found: [...resources.values()].flatMap(({ on, drift }) =>
        [...drift].map(([control, summary]) => ({ on, control, summary })),
      ),
    }),
  };
}

function newsOf(finding: Finding, entry: LedgerEntry, memory: Memory): readonly Verdict[] {
  const { control, assessment } = finding;
  const kind = kindOf(finding, entry);
  const summary = seenIn(finding.assessment);
  if (assessment.kind === "drift") memory.drift.set(control, summary);
  const last = memory.last.get(control);
  // What was written is right now, and what comes next is new again.
  memory.last.set(control, kind === "changed" ? { kind: "fine", summary: "" } : { kind, summary });
  const isSame = last?.kind === kind && (kind === "fine" || last.summary === summary);
  if (kind !== "changed" && (isSame || (last === undefined && kind === "fine"))) return [];
  const { cause } = entry.task;
  const actor = cause.kind === "event" ? cause.actor : undefined;
  const eventName = cause.kind === "event" ? cause.eventName : "";
  return [{ kind, control, summary, on: memory.on, at: entry.startedAt, eventName, actor }];
}

function kindOf({ control, assessment }: Finding, entry: LedgerEntry): Verdict["kind"] {
  switch (assessment.kind) {
    case "compliant":
    case "not-applicable":
      return "fine";
    case "waived":
    case "undecided":
      return assessment.kind;
    case "unread":
      return "unknown";
    case "drift":
      break;
  }
  if (written(entry).some(({ step }) => step.controls.includes(control))) return "changed";
  const held = entry.plan.held.find((it) => it.control === control);
  if (held?.guard !== undefined) return "held";
  return held?.kind ?? "flagged";
}

function written({ receipts }: LedgerEntry) {
  return receipts.filter(({ kind }) => kind === "written");
}

function openOf({ on, last }: Memory): readonly OpenVerdict[] {
  return [...last].flatMap(([control, { kind, summary }]) =>
    kind === "fine"
      ? []
      : [{ resource: resourceName(on), account: on.account, control, kind, summary }],
  );
}

function none(): Mutable {
  const zeros = verdictKinds.map((kind) => [kind, 0] as const);
  return Object.fromEntries(zeros) as Mutable; // every kind is in the list
}

function newGroup(): Group {
  return new Map();
}

function countIn(group: Group, key: string, kind: VerdictKind): void {
  const counts = group.get(key) ?? none();
  counts[kind] += 1;
  group.set(key, counts);
}

function mostFirst(group: Group): Readonly<Record<string, Counts>> {
  const sum = (counts: Counts) => Object.values(counts).reduce((total, it) => total + it, 0);
  return Object.fromEntries([...group].sort(([, a], [, b]) => sum(b) - sum(a)));
}
