import type { Rehearsal } from "../path/rehearsal.ts";
import { remediate } from "./lives.ts";
import { difference, type Verdict } from "./matrix.ts";
import { configurationOf } from "./records.ts";
import type { Scenario } from "./scenarios.ts";
import { isDone, newLife, repairOf } from "./work.ts";

/** Where a bucket of the same name is made again. */
type Elsewhere = { readonly account: string } | { readonly region: string };

export interface Move {
  readonly scenario: Scenario;
  readonly to: Elsewhere;
  /** Before which of our calls. */
  readonly before: number;
}

/** Whether a bucket that is deleted, and made again by somebody else or elsewhere, is left as it is. */
export async function move(stage: Rehearsal, { scenario, to, before }: Move): Promise<Verdict> {
  const { world, faults } = stage.sandbox;
  const bucket = stage.bucket(scenario.control);
  scenario.drift(stage, bucket);
  const drifted = configurationOf(stage, bucket);
  const life = newLife();
  let calls = 0;
  let made = "";
  const off = faults.beforeCall(({ principal }) => {
    if (!principal.arn.endsWith(`/${life.name}`)) return;
    calls += 1;
    const old = world.buckets.get(bucket);
    if (calls !== before || old === undefined) return;
    made = configurationOf(stage, bucket);
    world.buckets.set(bucket, { ...old, ...to, history: [], objects: new Map() });
  });
  const task = repairOf(stage, bucket, scenario.control);
  for (let delivery = 1; delivery <= 8; delivery += 1) {
    const { answer } = await remediate(stage, task, { life, delivery });
    if (isDone(answer)) break;
  }
  off();
  const isMade = made !== "";
  const now = configurationOf(stage, bucket);
  await stage.deployment.idle();
  world.buckets.delete(bucket);
  if (isMade) return { problems: difference("the new bucket", now, made) };
  return { problems: now === drifted ? ["not repaired, and nothing was in the way"] : [] };
}
