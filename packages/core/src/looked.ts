import {
  type ControlId,
  leavesOut,
  nextTurn,
  printOf,
  type Standard,
  traitsAskedFor,
} from "./baseline/index.ts";
import { needsOf } from "./drift/index.ts";
import { unheardOf } from "./event/heard.ts";
import { isoTime } from "./kernel/index.ts";
import type {
  AccountId,
  Finding,
  FindingStates,
  Outcome,
  Readings,
  Receipt,
  RegionRef,
  Task,
} from "./model/index.ts";
import { observeTraits, type Reader } from "./observe/index.ts";
import type { Directory } from "./resolve/index.ts";
import type { Ports, Scope } from "./story.ts";

/** By what an account is judged; undefined where nothing of it is to be left out. */
export async function printFor(
  account: AccountId,
  standard: Standard,
  {
    reader,
    directory,
  }: { readonly reader: Reader; readonly directory: Pick<Directory, "regionsOf"> },
): Promise<string | undefined> {
  if (!leavesOut(standard)) return undefined;
  const [region] = directory.regionsOf(account);
  const asked = traitsAskedFor(standard.baseline.scopes);
  const traits = await observeTraits(reader, { kind: "account", account, region }, asked);
  return printOf(standard, traits);
}

type Memory = Pick<Ports, "clock"> & { readonly ledger: Pick<Ports["ledger"], "looks"> };

/** Notes that a task may be about a change: sweeps look at the whole bucket again. Those themselves are about none. */
export async function noteChange(
  { ref, cause }: Task,
  { baseline }: Pick<Standard, "baseline">,
  ports: Memory,
): Promise<void> {
  if (cause.kind === "sweep") return;
  await forget(ref, baseline, ports);
}

/** What one look of a sweep saw, and how it ended. */
export interface Seen {
  readonly readings: Readings;
  readonly findings: readonly Finding[];
  /** What people knew before it. */
  readonly known: FindingStates;
  /** What this and earlier deliveries of the task did. */
  readonly receipts: readonly Receipt[];
  readonly outcome: Outcome;
}

/**
 * Remembers of a sweep's whole look at a bucket that it left nothing to do. After any look of a sweep that left
 * something, whole or not, the next one looks at all of the bucket again. Of a Region it remembers that events
 * may be missing.
 */
export async function noteLook(
  scope: Pick<Scope, "task" | "on" | "settings" | "selected" | "waivers" | "now" | "traits"> & {
    readonly delivery: Standard;
  },
  seen: Seen,
  startedAt: string,
  ports: Memory,
): Promise<void> {
  const { task, on, settings, selected, waivers, now, traits, delivery } = scope;
  if (on.kind === "region") return noteMissed(on, seen, delivery.baseline, ports);
  if (task.cause.kind !== "sweep" || seen.outcome.kind === "gone") return;
  if (!isSettled(seen)) return forget(on, delivery.baseline, ports);
  const print = printOf(delivery, traits);
  if (on.kind !== "bucket" || !isWhole(task) || print === undefined) return;
  const unheard = unheardOf(needsOf(selected, { on, settings }), seen.readings, { on, settings });
  const turn = nextTurn(waivers, on, now);
  const until = turn === undefined ? {} : { until: new Date(turn).toISOString() };
  await ports.ledger.looks.settled(on, { startedAt, print, unheard, ...until });
}

/**
 * EventBridge hears of no call that no trail records, and what happened until the trail was mended comes to
 * nobody's ears. A member may not see all of its organization's trail: what is undecided is trusted.
 */
async function noteMissed(
  on: RegionRef,
  { findings, known }: Seen,
  { limits }: Standard["baseline"],
  { ledger, clock }: Memory,
): Promise<void> {
  const kinds = findings.flatMap((it) => (it.control === trailHealth ? [it.assessment.kind] : []));
  // Whoever was not looked at now has no news.
  const last = kinds.length === 0 ? [] : [known[trailHealth]?.kind];
  const isDeaf = [...kinds, ...last].some(
    (it) => it === "drift" || it === "waived" || it === "unread",
  );
  if (isDeaf && limits.fullLookHours > 0) await ledger.looks.missed(on, isoTime(clock));
}

const trailHealth: ControlId = "trail-health";

async function forget(
  on: Task["ref"],
  { limits }: Standard["baseline"],
  { ledger, clock }: Memory,
): Promise<void> {
  // Nobody pays for what is not used.
  if (on.kind !== "bucket" || limits.fullLookHours === 0) return;
  await ledger.looks.changed(on, isoTime(clock));
}

function isWhole({ touches, controls, mode }: Task): boolean {
  return touches === "all" && controls === undefined && mode === "apply";
}

/**
 * Whether another look would end the same way for as long as nothing changes: everything was read and decided,
 * nothing was written or waits for anybody, and people know what is left to them.
 */
function isSettled({ findings, known, outcome, receipts }: Seen): boolean {
  if (outcome.kind !== "clean" && outcome.kind !== "flagged") return false;
  // Whether a repair lasts, and when a fight over it has ended, is a matter of time.
  const isFought = Object.values(known).some(({ contest }) => contest !== undefined);
  return receipts.length === 0 && !isFought && findings.every(isFinal);
}

/** What is in the way of a repair is often another resource's, and goes without a word. */
function isFinal({ assessment }: Finding): boolean {
  const { kind } = assessment;
  if (kind === "drift") return assessment.allowance.mode !== "blocked";
  return kind !== "unread" && kind !== "undecided";
}
