import { afterAll, expect, test } from "vitest";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({
  baseline: { "ssl-only": { mode: "approve" }, limits: { readAccessLogs: true } },
});
afterAll(() => stage[Symbol.asyncDispose]());
const asked = { reason: "a test", requestedBy: "tester" };

/** A bucket without TLS that logs, and into whose log S3 wrote of one request over plain HTTP. */
async function calledOverHttp(purpose: string): Promise<string> {
  const bucket = stage.bucket(purpose);
  stage.change(bucket, "policy", undefined);
  const stamp = new Date(stage.sandbox.world.now() - 60_000).toISOString().slice(0, 19);
  const Key = `${bucket}/${stamp.replace(/[T:]/g, "-")}-AB`;
  const Body = `owner ${bucket} [20/Nov/2026:10:15:00 +0000] 192.0.2.7 - id REST.GET.OBJECT a "GET /a HTTP/1.1" 200 - 1 1 1 1 "-" "camera/1.0" - host - - - ${bucket}.s3.amazonaws.com - - - us-east-1\n`;
  await stage.as("logging").putObject({ Bucket: stage.logBucket, Key, Body });
  return bucket;
}

const caller =
  "1 request over plain HTTP of anonymous callers, the last at 2026-11-20T10:15:00.000Z from 192.0.2.7 with camera/1.0";

test("whoever has to approve TLS hears who still calls without it, once", async () => {
  const bucket = await calledOverHttp("cameras");
  expect(await stage.lookAgain(bucket)).toBe("awaiting-approval");
  const [message] = stage.messages(bucket);
  const notice = message?.notices.find(({ control }) => control === "ssl-only");
  expect(notice?.impact?.slice(1)).toEqual([
    caller,
    expect.stringContaining("whatever else came over plain HTTP"),
  ]);
  const { entries } = await memoryOf(stage, bucket);
  const entry = entries.find(({ id }) => id === message?.id);
  expect(entry?.plan.held[0]?.impact).toEqual(notice?.impact);

  stage.sandbox.calls.clear();
  expect(await stage.lookAgain(bucket)).toBe("awaiting-approval");
  expect(stage.sandbox.calls.list({ operation: "GetObject" })).toEqual([]);
});

test("a plan tells it as well, of what waits and of what would be written", async () => {
  const bucket = await calledOverHttp("scanners");
  const plan = { ...asked, bucket, mode: "plan" };
  const waiting = await stage.deployment.invoke(plan);
  expect(waiting.results[0]?.held[0]?.impact).toContain(caller);
  const named = await stage.deployment.invoke({ ...plan, controls: ["ssl-only"] });
  expect(named.results[0]?.outcome).toEqual({ kind: "planned", steps: 1 });
  expect(named.results[0]?.impact).toEqual([
    expect.stringContaining("aws:SecureTransport"),
    caller,
    expect.stringContaining("whatever else came over plain HTTP"),
  ]);
});

test("where the log may not be read, that is said, and the plan waits all the same", async () => {
  const bucket = await calledOverHttp("denied");
  const end = stage.sandbox.faults.add({ kind: "access-denied", operation: "GetObject" });
  expect(await stage.lookAgain(bucket)).toBe("awaiting-approval");
  end();
  const [message] = stage.messages(bucket);
  expect(message?.notices[0]?.impact?.at(-1)).toBe(
    "callers over plain HTTP whom nobody can name: its access logs could not be read (AccessDenied: Access Denied)",
  );
});
