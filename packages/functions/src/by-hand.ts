import {
  type Finding,
  type LedgerEntry,
  type Outcome,
  type Plan,
  resourceName,
  type Task,
} from "@bucket-warden/core/model";
import { diffOf } from "@bucket-warden/core/plan";
import { reconcile } from "@bucket-warden/core/reconcile";
import type { Wiring } from "./wiring.ts";

/** What a person gets to see of one resource. */
export interface ManualResult {
  /** The name of a bucket, or which account it is. */
  readonly resource: string;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly held: Plan["held"];
  readonly changes: readonly {
    readonly document: string;
    readonly controls: readonly string[];
    readonly diff: readonly string[];
  }[];
  /** What was to be written and was not, each with the reason. */
  readonly unwritten?: readonly { readonly document: string; readonly why: string }[];
  /** A plan only: what its changes would deny that is not denied now. */
  readonly impact?: readonly string[];
}

/** What came of some tasks. */
export interface Results {
  readonly results: readonly ManualResult[];
  /** Resources whose outcome was not known before time ran out; the work goes on. */
  readonly pending: readonly string[];
}

/** Plans every task without writing; `until` is when to stop, in milliseconds since 1970. */
export async function planAll(
  tasks: readonly Task[],
  { ports, environment }: Wiring,
  until: number,
): Promise<Results> {
  const results: ManualResult[] = [];
  for (const task of tasks) {
    if (ports.clock.now() > until) break;
    const { entry } = await reconcile(task, { ...environment, attempt: 1 }, ports);
    results.push(resultOf(entry));
  }
  return { results, pending: namesOf(tasks.slice(results.length)) };
}

const pollMilliseconds = 250;
const mostAtOnce = 25;

/** Waits for the ledger entries of queued tasks; `until` is when to stop waiting. */
export async function awaitOutcomes(
  tasks: readonly Task[],
  { ports }: Wiring,
  until: number,
): Promise<Results> {
  const results: ManualResult[] = [];
  let waiting = tasks;
  while (waiting.length > 0) {
    const asked = waiting.slice(0, mostAtOnce);
    const entries = await Promise.all(asked.map(({ id }) => ports.ledger.find(id)));
    const done = entries.filter((it): it is LedgerEntry => isFinal(it));
    results.push(...done.map(resultOf));
    const open = waiting.filter(({ id }) => !done.some((entry) => entry.id === id));
    // Those that were asked go to the end, so that one slow resource hides none that is done.
    waiting = [
      ...open.filter((it) => !asked.includes(it)),
      ...open.filter((it) => asked.includes(it)),
    ];
    if (waiting.length === 0 || ports.clock.now() > until) break;
    await ports.clock.sleep(pollMilliseconds);
  }
  return { results, pending: namesOf(waiting) };
}

function isFinal(entry: LedgerEntry | undefined): boolean {
  return entry?.announced === true && entry.outcome.kind !== "retry";
}

function namesOf(tasks: readonly Task[]): readonly string[] {
  return tasks.map(({ ref }) => resourceName(ref));
}

/** A ledger entry, also one of a plan, as that person sees it. */
export function resultOf(entry: LedgerEntry): ManualResult {
  const { task, outcome, findings, plan } = entry;
  const unwritten = unwrittenIn(entry);
  return {
    resource: resourceName(task.ref),
    outcome,
    findings,
    held: plan.held,
    changes: stepsOf(entry).map((step) => ({
      document: step.document,
      controls: step.controls,
      diff: diffOf(step),
    })),
    ...(unwritten.length === 0 ? {} : { unwritten }),
    ...(plan.impact === undefined ? {} : { impact: plan.impact }),
  };
}

/** What would be written, or was. */
function stepsOf({ task, plan, receipts }: LedgerEntry): Plan["steps"] {
  if (task.mode === "plan") return plan.steps;
  return receipts.filter(({ kind }) => kind === "written").map(({ step }) => step);
}

/** A later delivery may have written what an earlier one could not. */
function unwrittenIn({ receipts, plan }: LedgerEntry): NonNullable<ManualResult["unwritten"]> {
  return plan.steps.flatMap(({ document }) => {
    const last = receipts.findLast(({ step }) => step.document === document);
    if (last === undefined || last.kind === "written") return [];
    return [{ document, why: last.kind === "failed" ? last.error : last.why }];
  });
}
