import { randomUUID } from "node:crypto";
import { controls } from "@bucket-warden/core/controls";
import { parseManual } from "@bucket-warden/core/event";
import { hourMilliseconds } from "@bucket-warden/core/kernel";
import type { Task } from "@bucket-warden/core/model";
import { awsElsewhere } from "../local/endpoint.ts";
import type { Local } from "../local/local.ts";
import type { PlanFile } from "./plan-file.ts";

export interface PlanRequest {
  /** All that the account has, where none is named. */
  readonly buckets: readonly string[];
  readonly controls?: readonly string[];
}

/** Looks at what is asked for, and plans it; writes nothing. Throws InputError. */
export async function makePlan(request: PlanRequest, local: Local): Promise<PlanFile> {
  const tasks = await tasksFor(request, local);
  const madeAt = Date.now();
  const looks = await local.looksAt(tasks);
  const { caller, baseline } = local;
  const hours = baseline.parsed.limits.approvalHours;
  return {
    madeAt: new Date(madeAt).toISOString(),
    until: new Date(madeAt + hours * hourMilliseconds).toISOString(),
    account: caller.account,
    region: caller.region,
    ...awsElsewhere(),
    baseline: { file: baseline.file, print: baseline.print },
    ...(request.controls === undefined ? {} : { controls: request.controls }),
    looks,
  };
}

async function tasksFor(
  { buckets, controls: only }: PlanRequest,
  { caller, tasksOf }: Local,
): Promise<readonly Task[]> {
  const asked = {
    mode: "plan",
    reason: "warden plan",
    requestedBy: "warden plan",
    ...(only === undefined ? {} : { controls: only }),
  };
  const defaults = { id: randomUUID(), ...caller, knownControls: controls };
  const requests = buckets.length === 0 ? [asked] : buckets.map((bucket) => ({ ...asked, bucket }));
  const triggers = requests.map((request) => parseManual(request, defaults));
  const tasks = (await Promise.all(triggers.map(tasksOf))).flat();
  return tasks.map((task): Task => ({ ...task, onTop: true }));
}
