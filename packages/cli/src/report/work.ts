import { dayMilliseconds, printable } from "@bucket-warden/core/kernel";
import { type LedgerEntry, resourceName } from "@bucket-warden/core/model";
import { causeText } from "@bucket-warden/core/notify";
import type { ToldOf } from "@bucket-warden/core/record";
import type { ActorRow, ContestedRow, DayOfWork, RepairRow, RepairTimes, Work } from "./data.ts";
import { actorName, diffLines } from "./finding-rows.ts";

/** The page stays quick with so many; the rest is counted. */
const mostRepairs = 5_000;
const mostActors = 12;

export interface WorkLog {
  readonly addEntry: (entry: LedgerEntry) => void;
  readonly addTold: (told: ToldOf) => void;
  readonly work: () => Work;
}

/** Sums up what was done in so many days before `now`, and keeps only what the page shows. */
export function newWorkLog({
  now,
  days,
}: {
  readonly now: number;
  readonly days: number;
}): WorkLog {
  const from = new Date(now - (days - 1) * dayMilliseconds).toISOString().slice(0, 10);
  const byDay = new Map(
    daysBetween(from, now).map((day) => [day, { repaired: 0, leftToPeople: 0 }]),
  );
  const actors = new Map<string, { changes: number; repaired: number; last: string }>();
  const seconds: number[] = [];
  const repairs = newestOf(mostRepairs);
  const contested: ContestedRow[] = [];
  return {
    addEntry: (entry) => {
      const day = byDay.get(entry.endedAt.slice(0, 10));
      if (day === undefined) return;
      const took = secondsOf(entry);
      if (took !== undefined) seconds.push(took);
      if (isRepair(entry)) day.repaired += 1;
      if (isLeft(entry)) day.leftToPeople += 1;
      if (entry.receipts.some(({ kind }) => kind === "written"))
        repairs.add(repairRow(entry, took));
      countActor(actors, entry);
    },
    addTold: (told) => contested.push(...contestedIn(told)),
    work: () => ({
      days: [...byDay].map(([day, counts]): DayOfWork => ({ day, ...counts })),
      times: timesOf(seconds),
      actors: topOf(actors),
      contested: contested.sort((one, other) => other.seen.localeCompare(one.seen)),
      ...repairs.found(),
    }),
  };
}

function daysBetween(from: string, now: number): readonly string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= now; at += dayMilliseconds) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** Something was put right, though something else may have been left to people. */
function isRepair({ outcome, receipts }: LedgerEntry): boolean {
  return outcome.kind !== "undone" && receipts.some(({ kind }) => kind === "written");
}

function isLeft({ outcome }: LedgerEntry): boolean {
  return ["flagged", "awaiting-approval", "blocked", "contested"].includes(outcome.kind);
}

/** From the call to the verified repair; a sweep cannot tell when the call was. */
function secondsOf(entry: LedgerEntry): number | undefined {
  const { cause } = entry.task;
  if (cause.kind !== "event" || entry.outcome.kind !== "fixed") return undefined;
  return Math.max(0, (Date.parse(entry.endedAt) - Date.parse(cause.eventTime)) / 1_000);
}

function repairRow(entry: LedgerEntry, took: number | undefined): RepairRow {
  const { id, endedAt, task, outcome, receipts } = entry;
  const { ref, cause } = task;
  const written = receipts.filter(({ kind }) => kind === "written").map(({ step }) => step);
  return {
    id,
    at: endedAt,
    resource: printable(resourceName(ref)),
    account: ref.account,
    region: ref.kind === "account" ? "" : ref.region,
    outcome: outcome.kind,
    controls: [...new Set(written.flatMap(({ controls }) => controls))],
    cause: printable(causeText(cause)),
    ...(cause.kind === "event" ? { actor: actorName(cause.actor) } : {}),
    ...(took === undefined ? {} : { seconds: took }),
    changes: written.map((step) => ({ document: step.document, diff: diffLines([step]) })),
  };
}

/** Keeps the newest so many rows, in memory for twice as many. */
function newestOf(most: number) {
  let kept: RepairRow[] = [];
  let seen = 0;
  const trim = () => {
    kept.sort((one, other) => other.at.localeCompare(one.at));
    kept = kept.slice(0, most);
  };
  return {
    add: (row: RepairRow): void => {
      kept.push(row);
      seen += 1;
      if (kept.length >= 2 * most) trim();
    },
    found: () => {
      trim();
      return { repairs: kept, moreRepairs: seen - kept.length };
    },
  };
}

function countActor(
  actors: Map<string, { changes: number; repaired: number; last: string }>,
  entry: LedgerEntry,
): void {
  const { cause } = entry.task;
  if (cause.kind !== "event") return;
  if (!entry.findings.some(({ assessment }) => assessment.kind === "drift")) return;
  const name = actorName(cause.actor);
  const row = actors.get(name) ?? { changes: 0, repaired: 0, last: "" };
  actors.set(name, row);
  row.changes += 1;
  if (isRepair(entry)) row.repaired += 1;
  if (cause.eventTime > row.last) row.last = cause.eventTime;
}

function topOf(actors: ReadonlyMap<string, Omit<ActorRow, "name">>): readonly ActorRow[] {
  return [...actors]
    .map(([name, row]) => ({ name, ...row }))
    .sort((one, other) => other.changes - one.changes || one.name.localeCompare(other.name))
    .slice(0, mostActors);
}

function contestedIn({ account, name, states }: ToldOf): readonly ContestedRow[] {
  return Object.entries(states).flatMap(([control, { contest }]) => {
    if (contest?.open === undefined) return [];
    const by = contest.repairs.findLast((it) => it.by !== undefined)?.by;
    const row = { resource: printable(name), account, control, repairs: contest.repairs.length };
    return [{ ...row, ...contest.open, ...(by === undefined ? {} : { by: actorName(by) }) }];
  });
}

const binEnds = [
  ["10 s", 10],
  ["30 s", 30],
  ["1 min", 60],
  ["2 min", 120],
  ["5 min", 300],
  ["15 min", 900],
  ["1 h", 3_600],
  ["longer", Number.POSITIVE_INFINITY],
] as const;

export function timesOf(seconds: readonly number[]): RepairTimes {
  const sorted = seconds.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  const median = upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
  const bins = binEnds.map(([upTo, end], index) => {
    const [, begin] = binEnds[index - 1] ?? ["", Number.NEGATIVE_INFINITY];
    return { upTo, count: sorted.filter((it) => it > begin && it <= end).length };
  });
  return { count: sorted.length, ...(median === undefined ? {} : { medianSeconds: median }), bins };
}
