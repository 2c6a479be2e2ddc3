import { randomUUID } from "node:crypto";
import { isLogTarget, settingsFor } from "@bucket-warden/core/baseline";
import { fingerprint, InputError } from "@bucket-warden/core/kernel";
import {
  type LedgerEntry,
  type Look,
  type ResourceRef,
  resourceId,
  resourceName,
  type Task,
} from "@bucket-warden/core/model";
import { movedSince, planName } from "@bucket-warden/core/plan";
import { type ManualResult, resultOf } from "@bucket-warden/functions/by-hand";
import { awsElsewhere } from "../local/endpoint.ts";
import type { Local } from "../local/local.ts";
import type { PlanFile } from "./plan-file.ts";

export interface ApplyRequest {
  /** Names of what the plan holds for approval. */
  readonly approvals: readonly string[];
  readonly reason: string;
  readonly requestedBy: string;
}

/** What came of one resource of a plan. */
export interface Applied extends ManualResult {
  /** The ledger entry, by which it can be undone; none where nothing was done. */
  readonly entry?: string;
  /** It was not carried out, because these settings changed since it was planned. */
  readonly stale?: readonly string[];
  /** The approval that was carried out, after the plan itself. */
  readonly approval?: string;
}

export interface AppliedPlan {
  readonly request: string;
  readonly results: readonly Applied[];
  /** What was not begun when somebody stopped it. */
  readonly pending: readonly string[];
}

/** Throws InputError unless the plan was made here, under this baseline, and not too long ago. */
export function requireFits(plan: PlanFile, path: string, local: Local): void {
  const { caller, baseline } = local;
  const refuse = (problem: string, remedy: string) => {
    throw new InputError({ place: path, problem, remedy });
  };
  const again = "Make a new one with `warden plan`.";
  if (plan.account !== caller.account) {
    const problem = `it was made for account ${plan.account}, and these credentials are of ${caller.account}`;
    refuse(problem, "Use the credentials of that account, e.g. by --profile.");
  }
  if (plan.region !== caller.region) {
    const problem = `it was made from ${plan.region}, and this is ${caller.region}`;
    refuse(problem, `Set AWS_REGION or give --region ${plan.region}.`);
  }
  const { endpoint } = awsElsewhere();
  if (plan.endpoint !== endpoint) {
    const problem = `it was made at ${plan.endpoint ?? "AWS"}, and this is ${endpoint ?? "AWS"}`;
    refuse(problem, "Look at AWS_ENDPOINT_URL, or make a new one here.");
  }
  if (plan.baseline.print !== baseline.print) {
    const problem = `it was made under ${plan.baseline.file}, and ${baseline.file} says something else`;
    refuse(problem, `${again} Or give the same baseline with --baseline.`);
  }
  if (Date.parse(plan.until) <= Date.now()) refuse(`its time was over at ${plan.until}`, again);
}

/**
 * Carries out a plan, one resource after the other: just what it holds, where nothing that it rests on
 * changed since. Others go on where one is stale. Throws InputError for an approval that it does not hold.
 */
export async function carryOutPlan(
  plan: PlanFile,
  request: ApplyRequest,
  { local, signal }: { readonly local: Local; readonly signal: AbortSignal },
): Promise<AppliedPlan> {
  const id = randomUUID();
  const works = worksOf(plan, request, id, local);
  const results: Applied[] = [];
  for (const { look, task } of works) {
    if (signal.aborted) break;
    results.push(appliedOf(look, await local.workOff(task)));
  }
  const pending = works.slice(results.length).map(({ task }) => resourceName(task.ref));
  return { request: id, results, pending: [...new Set(pending)] };
}

interface Work {
  readonly look: Look;
  readonly task: Task;
}

function worksOf(
  plan: PlanFile,
  { approvals, reason, requestedBy }: ApplyRequest,
  requestId: string,
  local: Local,
): readonly Work[] {
  const cause = { kind: "manual", requestId, requestedBy, reason } as const;
  const works = inOrder(plan.looks, local).flatMap((look): readonly Work[] => {
    const { on, plan: planned } = look;
    const task = { ref: on, cause, mode: "apply", touches: "all" } as const;
    const only = plan.controls === undefined ? {} : { controls: plan.controls };
    const name = planName(planned);
    const itself = { ...task, ...only, id: fingerprint([cause, resourceId(on)]), planned: name };
    const approved = approvals.filter((it) => planned.held.some(({ approval }) => approval === it));
    return [
      ...(planned.steps.length === 0 ? [] : [{ look, task: itself }]),
      ...approved.map((approval) => ({
        look,
        task: {
          ...task,
          id: fingerprint([cause, resourceId(on), approval]),
          controls: [approval.split("/")[0] ?? ""],
          approval,
        },
      })),
    ];
  });
  const known = new Set(works.map(({ task }) => task.approval));
  const unknown = approvals.find((it) => !known.has(it));
  if (unknown === undefined) return works;
  throw new InputError({
    place: `--approve ${unknown}`,
    problem: "the plan holds nothing of that name",
    remedy: "Give a name just as the plan shows it, in quotes.",
  });
}

/**
 * What others read comes last, so that writing to it makes no plan stale that comes later: log buckets
 * after the buckets that log to them, then what an account has in a Region, then the account.
 */
function inOrder(looks: readonly Look[], { baseline: { parsed } }: Local): readonly Look[] {
  const rank = (on: ResourceRef): number => {
    if (on.kind === "bucket") return isLogTarget(on, settingsFor(parsed, on)) ? 1 : 0;
    return on.kind === "region" ? 2 : 3;
  };
  return looks.toSorted((a, b) => rank(a.on) - rank(b.on));
}

function appliedOf(look: Look, entry: LedgerEntry): Applied {
  const result = resultOf(entry);
  const { approval } = entry.task;
  const isStale = entry.plan.held.some(({ guard }) => guard === "stale-plan");
  const isOver = result.outcome.kind !== "gone" && result.changes.length === 0;
  const moved = movedSince(look.plan, entry.plan).map((facet) =>
    facet in entry.plan.basedOn ? facet : `${facet} (could not be read)`,
  );
  return {
    ...result,
    ...(result.changes.length === 0 ? {} : { entry: entry.id }),
    ...(approval === undefined ? {} : { approval }),
    ...(isStale || (approval === undefined && isOver && moved.length > 0) ? { stale: moved } : {}),
  };
}

/** What it came to, for scripts: 0 only where everything of the plan was written and reads back right. */
export function applyExitCode({ results, pending }: AppliedPlan): 0 | 2 | 3 {
  if (results.some(isUndone)) return 2;
  return pending.length > 0 || results.some(({ outcome }) => outcome.kind === "retry") ? 3 : 0;
}

/** Something of the plan was not written. */
function isUndone({ stale, changes, unwritten = [], outcome }: Applied): boolean {
  return (
    stale !== undefined || unwritten.length > 0 || changes.length === 0 || outcome.kind === "gone"
  );
}
