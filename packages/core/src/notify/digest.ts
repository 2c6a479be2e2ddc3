import type { NoticeKind } from "../model/news.ts";
import type { Bulletin, Section } from "./bulletin.ts";

/** Everything that a digest tells of. */
export interface DigestFacts {
  /** ISO 8601 */
  readonly at: string;
  /** How long ago it begins. */
  readonly hours: number;
  /** What is wrong or not known now. */
  readonly open: readonly OpenFinding[];
  /** What was told in that time. */
  readonly news: readonly { readonly kind: NoticeKind; readonly control: string }[];
  /** How long repairs took in that time, from the call that made them needed, where a call did. */
  readonly repairMilliseconds: readonly number[];
  readonly waivers: readonly EndingWaiver[];
  /** Waivers of the baseline that cannot be used. */
  readonly invalidWaivers: number;
  readonly undelivered: readonly Undelivered[];
}

interface OpenFinding {
  readonly resource: string;
  readonly account: string;
  readonly control: string;
  readonly kind: "drift" | "undecided" | "unread";
}

interface EndingWaiver {
  readonly what: string;
  readonly approver: string;
  readonly until: string;
}

/** One destination that did not take one message (yet). */
interface Undelivered {
  readonly to: string;
  /** ISO 8601; of the first attempt. */
  readonly since: string;
  readonly error: string;
  readonly final: boolean;
}

/** More names than this help nobody. */
const mostNames = 5;

/** A day in short, for those who do not read each message. */
export function digestOf(facts: DigestFacts): Bulletin {
  const { at, open, news, undelivered } = facts;
  const accounts = new Set(open.map(({ account }) => account)).size;
  const wrong = open.filter(({ kind }) => kind === "drift");
  const unknown = open.filter(({ kind }) => kind !== "drift");
  const fixed = news.filter(({ kind }) => kind === "fixed").length;
  const troubled = open.length > 0 || undelivered.length > 0;
  return {
    kind: "digest",
    id: `digest-${at}`,
    at,
    severity: troubled ? "warning" : "info",
    title: `digest: ${counted(open.length, "open finding")} in ${counted(accounts, "account")}, ${counted(fixed, "repair")}`,
    controls: [...new Set(open.map(({ control }) => control))],
    outcomes: ["digest"],
    sections: [
      openSection("Open findings", wrong, "Nothing is known to be wrong."),
      openSection("Not known", unknown, "Everything could be read and decided."),
      daySection(facts),
      waiverSection(facts),
      undeliveredSection(undelivered),
    ],
  };
}

/** One line for each control, those with most findings first. */
function openSection(title: string, open: readonly OpenFinding[], nothing: string): Section {
  const groups = [...Map.groupBy(open, ({ control, kind }) => `${control} ${kind}`).values()];
  const lines = groups
    .toSorted((one, other) => other.length - one.length)
    .map((group) => {
      const { control = "", kind = "" } = group[0] ?? {};
      const about = kind === "drift" ? control : `${control}, ${kind}`;
      return `${about}: ${group.length} (${shortList(group.map(({ resource }) => resource))})`;
    });
  return { title, lines: lines.length === 0 ? [nothing] : lines };
}

function daySection({ news, hours, repairMilliseconds }: DigestFacts): Section {
  const groups = Map.groupBy(news, ({ kind }) => kind);
  const counts = [...groups].map(([kind, group]) => `${kind}: ${group.length}`);
  const sorted = repairMilliseconds.toSorted((one, other) => one - other);
  const times =
    sorted.length === 0
      ? []
      : [
          `time to repair after a call: median ${duration(rank(sorted, 0.5))}, 95 % within ${duration(rank(sorted, 0.95))}`,
        ];
  const lines = [...counts, ...times];
  return {
    title: `In the last ${hours} hours`,
    lines: lines.length === 0 ? ["Nothing was told."] : lines,
  };
}

function waiverSection({ waivers, invalidWaivers }: DigestFacts): Section {
  const lines = waivers.map(
    ({ what, approver, until }) => `${what}, by ${approver}: until ${until}`,
  );
  const invalid =
    invalidWaivers === 0
      ? []
      : [`${counted(invalidWaivers, "waiver")} cannot be used: warden baseline check says why`];
  const all = [...lines, ...invalid];
  return { title: "Waivers about to end", lines: all.length === 0 ? ["None within 7 days."] : all };
}

/** One line for each destination. */
function undeliveredSection(undelivered: readonly Undelivered[]): Section {
  const groups = Map.groupBy(undelivered, ({ to, final }) => `${to} ${final}`);
  const lines = [...groups.values()].map((group) => {
    const { to = "", error = "", final = false } = group[0] ?? {};
    const since = group.map((it) => it.since).sort()[0];
    const state = final ? "given up" : "still tried";
    return `${to.trim()}: ${counted(group.length, "message")} since ${since}, ${state} (${error})`;
  });
  return {
    title: "Not delivered",
    lines: lines.length === 0 ? ["Everything was delivered."] : lines,
  };
}

function shortList(names: readonly string[]): string {
  const unique = [...new Set(names)];
  const rest = unique.length - mostNames;
  const shown = unique.slice(0, mostNames).join(", ");
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** The nearest rank: a value that was really there. */
function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
