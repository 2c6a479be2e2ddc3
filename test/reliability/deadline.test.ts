import { expect, test } from "vitest";
import { rehearse } from "../path/rehearsal.ts";
import { remediate } from "./lives.ts";
import { recordsOf } from "./records.ts";
import { deliverTask, isDone, newLife, repairOf, undoOf } from "./work.ts";

test("near its end a function begins no write, hands the task back and says why", async () => {
  await using stage = await rehearse({ watch: false, rolesFor: "no-roles", sendsByItself: false });
  const bucket = stage.bucket();
  stage.change(bucket, "versioning", undefined);
  const repair = repairOf(stage, bucket, "versioning");
  const soon = (task: typeof repair, delivery: number) =>
    remediate(stage, task, { life: newLife(), delivery, milliseconds: 20_000 });
  const outcomeOf = async ({ id }: typeof repair) => (await recordsOf(stage, id)).entry?.outcome;
  const why = "too little time was left to read it back";

  const first = await soon(repair, 1);
  expect(isDone(first.answer)).toBe(false);
  expect(first.served.filter((it) => it.startsWith("Put"))).not.toContain("PutBucketVersioning");
  expect(await outcomeOf(repair)).toEqual({ kind: "retry", afterSeconds: 1, why });
  expect(await deliverTask(stage, repair)).toBe(1);
  expect(await outcomeOf(repair)).toEqual({ kind: "fixed", controls: ["versioning"] });

  const undo = undoOf(repair);
  expect(isDone((await soon(undo, 1)).answer)).toBe(false);
  expect(await outcomeOf(undo)).toEqual({ kind: "retry", afterSeconds: 1, why });
  expect(await deliverTask(stage, undo)).toBe(1);
  expect(await outcomeOf(undo)).toEqual({ kind: "undone", controls: ["versioning"] });

  // Whoever never has the time is not tried for ever without a word.
  const other = stage.bucket();
  stage.change(other, "versioning", undefined);
  const hopeless = repairOf(stage, other, "versioning");
  expect(isDone((await soon(hopeless, 4)).answer)).toBe(false);
  expect(isDone((await soon(hopeless, 5)).answer)).toBe(true);
  await stage.deployment.idle();
  const [notice] = stage.messages(other).flatMap(({ notices }) => notices);
  expect(notice).toMatchObject({ kind: "blocked", did: `nothing was written: ${why}` });
});
