import { afterAll, expect, test } from "vitest";
import { remediate } from "../reliability/lives.ts";
import { recordsOf } from "../reliability/records.ts";
import { deliverEvents, newLife, taskOf } from "../reliability/work.ts";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({ watch: false, rolesFor: "no-roles", sendsByItself: false });
const { records } = stage.sandbox.world;
afterAll(() => stage[Symbol.asyncDispose]());

const statement = (bucket: string, Sid: string, Action = "s3:GetObject") =>
  `{ "Sid":"${Sid}" ,"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"${Action}","Resource":"arn:aws:s3:::${bucket}/*"}`;
const policyOf = (...statements: readonly string[]) =>
  `{"Version":"2012-10-17","Statement":[${statements.join(",")}]}`;

/** Our write replaces, unseen, what somebody puts directly before it; then their event comes. */
async function overwrite(
  put: (bucket: string) => string,
  { shown = true }: { readonly shown?: boolean } = {},
) {
  const bucket = stage.bucket();
  const owner = stage.as("owner");
  const base = policyOf(statement(bucket, "Theirs"));
  await owner.putBucketPolicy({ Bucket: bucket, Policy: base });
  const task = taskOf({ ...lastRecord(), eventTime: "2026-01-01T00:00:00Z" });
  if (task === undefined) throw new Error("a policy was put");
  const life = newLife();
  const off = stage.sandbox.faults.beforeCall(async ({ operation, principal }) => {
    if (operation !== "PutBucketPolicy" || !principal.arn.endsWith(`/${life.name}`)) return;
    off();
    await owner.putBucketPolicy({ Bucket: bucket, Policy: put(bucket) });
    const last = lastRecord();
    const hidden = { ...last, requestParameters: { bucketName: bucket } };
    if (!shown) records[records.length - 1] = hidden;
  });
  const from = records.length;
  await remediate(stage, task, { life, delivery: 1 });
  const edit = records[from];
  await deliverEvents(stage, bucket, from);
  await stage.deployment.idle();
  const { Policy: policy = "" } = await owner.getBucketPolicy({ Bucket: bucket });
  const editTask = edit && taskOf(edit);
  if (editTask === undefined) throw new Error("somebody wrote meanwhile");
  return { bucket, policy, edit, ...(await recordsOf(stage, editTask.id)) };
}

function lastRecord() {
  const record = records.at(-1);
  if (record === undefined) throw new Error("every call leaves a record");
  return record;
}

test("defect: a statement that comes between our last look and our write is not lost", async () => {
  const { bucket, policy, entry } = await overwrite((name) =>
    policyOf(statement(name, "Theirs"), statement(name, "New")),
  );
  expect(policy).toContain(statement(bucket, "Theirs"));
  expect(policy).toContain('"Sid":"New"');
  expect(policy).toContain("BucketWardenSslOnly");
  expect(stage.told(bucket)).toContain("fixed overwritten-edit");
  expect(entry?.task.claim).toMatchObject({ kind: "put" });
  const [receipt] = entry?.receipts ?? [];
  expect(receipt).toMatchObject({ kind: "written", step: { controls: ["overwritten-edit"] } });
});

test("where the record does not show what they wrote, a person hears of the event", async () => {
  const put = (name: string) => policyOf(statement(name, "Theirs"), statement(name, "New"));
  const { bucket, policy, edit } = await overwrite(put, { shown: false });
  expect(policy).not.toContain('"Sid":"New"');
  expect(stage.told(bucket)).toContain("flagged overwritten-edit");
  expect(JSON.stringify(stage.messages(bucket))).toContain(edit?.eventID);
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});

test("somebody who changes what is ours in that moment sees it come back", async () => {
  const { bucket, policy } = await overwrite((name) =>
    policyOf(statement(name, "Theirs"), statement(name, "BucketWardenSslOnly", "s3:PutObject")),
  );
  expect(policy).toContain("aws:SecureTransport");
  expect(stage.told(bucket)).toContain("flagged overwritten-edit");
});
