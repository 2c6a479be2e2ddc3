import type { FaultKind } from "@bucket-warden/sandbox";
import type { Rehearsal } from "../path/rehearsal.ts";
import { deliverMessages } from "./lives.ts";
import { type Case, difference, type Verdict } from "./matrix.ts";
import type { Scenario } from "./scenarios.ts";
import { deliverTask, newLife, repairOf } from "./work.ts";

/** A topic that is away for two rounds; of these cases one goes on at a time, as `deliver` does. */
export function muffled(stage: Rehearsal, scenario: Scenario): readonly Case[] {
  const kinds = ["throttle", "access-denied", "internal-error", "reset"] as const;
  return kinds.flatMap((kind) =>
    [false, true].map((landed): Case => {
      const name = `a topic with ${kind}${landed ? " that landed" : ""} for a message of ${scenario.control}`;
      return { name, run: () => muffle(stage, { scenario, kind, landed }) };
    }),
  );
}

const repeated = "message sent twice, the answer of the topic was lost";

/** Whether a message gets through once a topic that was away takes it. */
async function muffle(
  stage: Rehearsal,
  {
    scenario: { control, drift },
    kind,
    landed,
  }: { readonly scenario: Scenario; readonly kind: FaultKind; readonly landed: boolean },
): Promise<Verdict> {
  const bucket = stage.bucket(control);
  drift(stage, bucket);
  await deliverTask(stage, repairOf(stage, bucket, control));
  const life = newLife();
  const principal = `arn:aws:iam::${stage.sandbox.account}:user/${life.name}`;
  const lost = landed ? { landed } : {};
  const end = stage.sandbox.faults.add({ service: "sns", kind, principal, ...lost });
  for (let round = 1; round <= 2; round += 1) await deliverMessages(stage, life);
  end();
  await stage.deployment.idle();
  const told = stage.told(bucket);
  stage.sandbox.world.buckets.delete(bucket);
  const expected = landed ? [...new Set(told)] : told;
  return {
    problems: difference("told", expected, [`fixed ${control}`]),
    limits: told.length > 1 ? [repeated] : [],
  };
}
