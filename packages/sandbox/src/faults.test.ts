import { expect, test } from "vitest";
import type { Call } from "./call.ts";
import { createFaults, type Fault } from "./faults.ts";
import { anonymous } from "./principal.ts";

function call(more: Partial<Call> = {}): Call {
  return {
    id: "R",
    at: 1000,
    service: "s3",
    operation: "GetBucketPolicy",
    bucket: "b",
    write: false,
    principal: anonymous,
    region: "us-east-1",
    request: {
      method: "GET",
      path: "/b",
      query: new URLSearchParams("policy"),
      headers: {},
      body: Buffer.alloc(0),
      sourceIp: "127.0.0.1",
    },
    ...more,
  };
}

const served = { kind: "serve", delayMilliseconds: 0 };

/** What becomes of each call under one fault: the error's name, or how it was served. */
async function outcomes(fault: Fault, calls: readonly Call[]): Promise<readonly unknown[]> {
  const faults = createFaults();
  faults.add(fault);
  const results: unknown[] = [];
  for (const one of calls) {
    const verdict = await faults.judge(one);
    results.push(verdict.kind === "error" ? verdict.error.code : verdict.kind);
  }
  return results;
}

test("a fault hits only the calls that it is about", async () => {
  const calls = [
    call(),
    call({ bucket: "c" }),
    call({ operation: "PutBucketPolicy" }),
    call({ service: "kms" }),
  ];
  const fault: Fault = {
    kind: "access-denied",
    service: "s3",
    operation: "GetBucketPolicy",
    bucket: "b",
  };
  expect(await outcomes(fault, calls)).toEqual(["AccessDenied", "serve", "serve", "serve"]);
});

test("a fault can pass some calls first and then hit so many", async () => {
  const calls = Array.from({ length: 5 }, () => call());
  expect(await outcomes({ kind: "throttle", after: 1, times: 2 }, calls)).toEqual([
    "serve",
    "SlowDown",
    "SlowDown",
    "serve",
    "serve",
  ]);
});

test("chance is drawn from the seed", async () => {
  const calls = Array.from({ length: 100 }, () => call());
  const run = (seed: number) => outcomes({ kind: "throttle", probability: 0.5, seed }, calls);
  const [first, again, other] = await Promise.all([run(1), run(1), run(2)]);
  const hits = first.filter((result) => result === "SlowDown").length;
  expect([first, hits > 30 && hits < 70]).toEqual([again, true]);
  expect(other).not.toEqual(first);
});

const kinds: readonly [Fault["kind"], Call["service"], string, number][] = [
  ["throttle", "s3", "SlowDown", 503],
  ["throttle", "kms", "ThrottlingException", 400],
  ["throttle", "sns", "Throttled", 429],
  ["throttle", "sqs", "RequestThrottled", 403],
  ["throttle", "sts", "Throttling", 400],
  ["throttle", "glacier", "ThrottlingException", 400],
  ["access-denied", "s3", "AccessDenied", 403],
  ["access-denied", "sts", "AccessDenied", 403],
  ["access-denied", "sns", "AuthorizationError", 403],
  ["access-denied", "dynamodb", "AccessDeniedException", 400],
  ["access-denied", "glacier", "AccessDeniedException", 403],
  ["operation-aborted", "s3", "OperationAborted", 409],
  ["internal-error", "s3", "InternalError", 500],
  ["internal-error", "kms", "InternalFailure", 500],
];

test.each(kinds)("%s of %s is %s (%i)", async (kind, service, code, status) => {
  const faults = createFaults();
  faults.add({ kind });
  expect(await faults.judge(call({ service }))).toMatchObject({
    kind: "error",
    error: { code, status },
  });
});

test("latencies add up and stale reads look back", async () => {
  const faults = createFaults();
  faults.add({ kind: { latencyMilliseconds: 5 } });
  faults.add({ kind: { latencyMilliseconds: 7 } });
  faults.add({ kind: { staleReads: 300 } });
  expect(await faults.judge(call())).toEqual({
    kind: "serve",
    delayMilliseconds: 12,
    readsAsOf: 700,
  });
});

test("an answer can be lost before or after the call took effect", async () => {
  const faults = createFaults();
  faults.add({ kind: "reset", landed: true, times: 1 });
  faults.add({ kind: "timeout" });
  expect([await faults.judge(call()), await faults.judge(call())]).toEqual([
    { kind: "cut", landed: true },
    { kind: "silence", landed: false },
  ]);
});

test("faults are switched off one by one or all together", async () => {
  const faults = createFaults();
  const off = faults.add({ kind: "throttle" });
  off();
  expect(await faults.judge(call())).toEqual(served);
  faults.add({ kind: "throttle" });
  faults.clear();
  expect(await faults.judge(call())).toEqual(served);
});

test("listeners are awaited before the call is served, until they are taken off", async () => {
  const faults = createFaults();
  const heard: string[] = [];
  const off = faults.beforeCall(async ({ operation }) => {
    await Promise.resolve();
    heard.push(operation);
  });
  await faults.judge(call());
  off();
  await faults.judge(call());
  expect(heard).toEqual(["GetBucketPolicy"]);
});
