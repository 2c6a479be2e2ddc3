import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { clientFor, refusal, sandboxForTests, settingsFor } from "./sandbox-clients.ts";
import { freshBucket, policyWith, s3 } from "./sandbox-s3.ts";

const sandbox = sandboxForTests();

const put = (Bucket: string, Sid: string) =>
  s3().send(new PutBucketPolicyCommand({ Bucket, Policy: policyWith(Bucket, { Sid }) }));
const sidOf = async (Bucket: string) => {
  const { Policy } = await s3().send(new GetBucketPolicyCommand({ Bucket }));
  return JSON.parse(Policy ?? "").Statement[0].Sid;
};

test("a client that retries gets through an internal error", async () => {
  const bucket = await freshBucket();
  const patient = new S3Client({ ...settingsFor("alice"), maxAttempts: 3, retryMode: "standard" });
  sandbox().faults.add({
    kind: "internal-error",
    bucket,
    operation: "GetBucketEncryption",
    times: 2,
  });
  await patient.send(new GetBucketEncryptionCommand({ Bucket: bucket }));
  const statuses = sandbox()
    .calls.list({ bucket, operation: "GetBucketEncryption" })
    .map(({ status, errorCode }) => [status, errorCode]);
  expect(statuses).toEqual([
    [500, "InternalError"],
    [500, "InternalError"],
    [200, undefined],
  ]);
});

test("throttling looks like S3's", async () => {
  const Bucket = await freshBucket();
  sandbox().faults.add({ kind: "throttle", bucket: Bucket });
  const read = s3().send(new GetBucketEncryptionCommand({ Bucket }));
  expect(await refusal(read)).toEqual({ name: "SlowDown", status: 503 });
});

test("a conflicting write is refused and changes nothing", async () => {
  const bucket = await freshBucket();
  await put(bucket, "First");
  sandbox().faults.add({
    kind: "operation-aborted",
    bucket,
    operation: "PutBucketPolicy",
    times: 1,
  });
  expect(await refusal(put(bucket, "Second"))).toEqual({ name: "OperationAborted", status: 409 });
  expect(await sidOf(bucket)).toBe("First");
});

test("a connection that is cut after the write landed leaves the write", async () => {
  const bucket = await freshBucket();
  await put(bucket, "First");
  sandbox().faults.add({
    kind: "reset",
    bucket,
    operation: "PutBucketPolicy",
    times: 1,
    landed: true,
  });
  await expect(put(bucket, "Second")).rejects.toThrow();
  expect(await sidOf(bucket)).toBe("Second");
});

test("a call that is never answered ends with the client's own timeout", async () => {
  const bucket = await freshBucket();
  const hasty = clientFor("alice", "us-east-1", {
    requestHandler: { requestTimeout: 50, throwOnRequestTimeout: true },
  });
  sandbox().faults.add({ kind: "timeout", bucket, operation: "GetBucketEncryption" });
  const read = hasty().send(new GetBucketEncryptionCommand({ Bucket: bucket }));
  await expect(read).rejects.toMatchObject({ name: "TimeoutError" });
});

test("a stale read shows what was there before", async () => {
  const bucket = await freshBucket();
  await put(bucket, "First");
  await put(bucket, "Second");
  const off = sandbox().faults.add({ kind: { staleReads: 60_000 }, bucket });
  const stale = await refusal(s3().send(new GetBucketPolicyCommand({ Bucket: bucket })));
  off();
  expect([stale.name, await sidOf(bucket)]).toEqual(["NoSuchBucketPolicy", "Second"]);
});

test("a concurrent writer can come between two calls", async () => {
  const bucket = await freshBucket();
  await put(bucket, "Ours");
  const off = sandbox().faults.beforeCall(async (call) => {
    if (call.bucket !== bucket || call.operation !== "GetBucketPolicy") return;
    off();
    await put(bucket, "Theirs");
  });
  expect(await sidOf(bucket)).toBe("Theirs");
});

test("a clock that is off is refused, and corrected by the date of the answer", async () => {
  const bucket = await freshBucket();
  const hour = 3_600_000;
  const off = sandbox().faults.add({ bucket, kind: { clockAheadMilliseconds: hour } });
  const once = new S3Client({ ...settingsFor("alice"), maxAttempts: 1 });
  const read = () => once.send(new GetBucketEncryptionCommand({ Bucket: bucket }));
  expect(await refusal(read())).toEqual({ name: "RequestTimeTooSkewed", status: 403 });
  await read();
  off();
  // Less than fifteen minutes are nothing to anybody.
  sandbox().faults.add({ bucket, kind: { clockAheadMilliseconds: -600_000 } });
  await new S3Client(settingsFor("alice")).send(new GetBucketEncryptionCommand({ Bucket: bucket }));
});
