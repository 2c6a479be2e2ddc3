import { textOf } from "@bucket-warden/core/notify";
import { openLocal } from "../local/local.ts";
import { detail } from "../terminal.ts";
import { type ApplyRequest, carryOutPlan, requireFits } from "./carry-out.ts";
import { planExitCode, planLines } from "./describe.ts";
import { makePlan, type PlanRequest } from "./make.ts";
import { planText, readPlan } from "./plan-file.ts";

interface Here {
  readonly baseline?: string;
  readonly ledger: string;
  readonly signal: AbortSignal;
}

/** Plans with the caller's own credentials, and says it in every way that somebody may want. */
export async function planHere({
  buckets,
  control: controls,
  ...here
}: Here & { readonly buckets: readonly string[]; readonly control?: readonly string[] }) {
  const local = await open(here);
  const request: PlanRequest = { buckets, ...(controls === undefined ? {} : { controls }) };
  const plan = await makePlan(request, local);
  return {
    plan,
    exitCode: planExitCode(plan.looks),
    lines: planLines(plan),
    text: planText(plan),
  };
}

/** Carries out the plan in a file. Throws InputError for a file that is no plan, or not one for here. */
export async function applyHere(path: string, request: ApplyRequest, here: Here) {
  const plan = await readPlan(path);
  const local = await open(here);
  requireFits(plan, path, local);
  return carryOutPlan(plan, request, { local, signal: here.signal });
}

function open({ baseline, ledger, signal }: Here) {
  return openLocal({ baseline, ledger, signal, tell: (message) => detail(textOf(message)) });
}
