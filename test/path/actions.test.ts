import type { NextAction } from "@bucket-warden/core/notify";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";

const stage = await rehearse({
  baseline: { "ssl-only": { mode: "approve" }, versioning: { mode: "alert" } },
  rolesFor: "any-request",
});
afterAll(() => stage[Symbol.asyncDispose]());
const asked = { reason: "as the message offers", requestedBy: "bob" };

type Kind = NextAction["kind"];

/** Does what the last message about the bucket offers, with nothing changed but name and reason. */
async function take(kind: Kind, bucket: string) {
  const actions = stage
    .messages(bucket)
    .at(-1)
    ?.notices.flatMap(({ actions = [] }) => actions);
  const action = actions?.find((it) => it.kind === kind);
  if (action === undefined) throw new Error(`no ${kind} is offered`);
  await stage.deployment.invoke({ ...action.request.payload, ...asked });
  await stage.deployment.idle();
}

test("what a message offers does what it says: approve, then take back, then the history", async () => {
  const bucket = stage.bucket("offer");
  stage.change(bucket, "policy", undefined);
  await stage.lookAgain(bucket);
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["approval-wanted ssl-only", "fixed kms-enforcement"]);
  await take("approve", bucket);
  expect((await standingOf(stage, bucket)).statements).toContain("BucketWardenSslOnly");
  await take("undo", bucket);
  expect((await standingOf(stage, bucket)).statements).not.toContain("BucketWardenSslOnly");
  expect(stage.told(bucket).slice(2)).toEqual(["fixed ssl-only", "undone ssl-only"]);
});

test("what the baseline only alerts of is repaired by the action of its message", async () => {
  const bucket = stage.bucket("alert");
  stage.change(bucket, "versioning", undefined);
  await stage.lookAgain(bucket);
  await stage.deployment.idle();
  await take("repair", bucket);
  expect(stage.told(bucket)).toEqual(["flagged versioning", "fixed versioning"]);
  const [notice] = stage.messages(bucket)[0]?.notices ?? [];
  expect(notice?.news).toBe("new");
  expect(notice?.actions?.map(({ kind }) => kind)).toEqual(["repair", "waive", "history"]);
});

test("what is accepted for some days is neither repaired nor told in these", async () => {
  const bucket = stage.bucket("accept");
  stage.change(bucket, "versioning", undefined);
  await stage.lookAgain(bucket);
  await stage.deployment.idle();
  await take("waive", bucket);
  expect(await stage.lookAgain(bucket)).toBe("clean");
  expect(stage.told(bucket)[0]).toBe("flagged versioning");
});
