import { type Held, parseAccountId, parseBucketName, parseRegion } from "@bucket-warden/core/model";
import { askFor, askToApprove } from "@bucket-warden/core/plan";
import { expect, test } from "vitest";
import { heldAfterWork, nextAfterLook } from "./own-words.ts";

const account = parseAccountId("111122223333", "a test");
const region = parseRegion("us-east-1", "a test");
const photos = {
  kind: "bucket",
  name: parseBucketName("photos", "a test"),
  account,
  region,
} as const;

const flagged: Held = {
  control: "cors",
  kind: "flagged",
  why: "anybody may write",
  next: `the baseline only alerts; to repair it, ${askFor("cors")}`,
};

const approval = "cors/2026-11-24T12:00:00.000Z/4f0c";
const waiting: Held = {
  ...flagged,
  kind: "approval",
  next: `look at the plan; to approve just this one, ${askToApprove(approval)}`,
  approval,
};

const byHand: Held = { ...flagged, next: "a person has to change it" };

test.each([
  [
    "a bucket",
    nextAfterLook(flagged, photos),
    "the baseline only alerts; to repair it, run `warden plan photos --control cors --out plan.json` and apply that",
  ],
  [
    "an account, which plan takes without a name",
    nextAfterLook(flagged, { kind: "account", account, region }),
    "the baseline only alerts; to repair it, run `warden plan --control cors --out plan.json` and apply that",
  ],
  [
    "what waits for approval",
    nextAfterLook(waiting, photos),
    `look at the plan; to approve just this one, run \`warden remediate photos --local --approval '${approval}'\``,
  ],
  ["what no command does", nextAfterLook(byHand, photos), byHand.next],
])("a look says how this command goes on with %s", (_, next, said) => {
  expect(next).toBe(said);
});

test.each([
  [true, "run `warden remediate photos --local --control cors`"],
  [false, "run `warden remediate photos --control cors`"],
])("work that was done says how to repeat it where it was done (local: %s)", (isLocal, command) => {
  const [held, open] = heldAfterWork([flagged, waiting], { resource: "photos", isLocal });
  expect(held?.next).toBe(`the baseline only alerts; to repair it, ${command}`);
  expect(open?.next).toContain(command.replace("--control cors`", `--approval '${approval}'`));
});

test("of an account it says what the deployed function takes", () => {
  const done = { resource: "account 111122223333", isLocal: false };
  expect(heldAfterWork([flagged, byHand], done)).toEqual([flagged, byHand]);
});
