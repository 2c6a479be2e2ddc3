import type { ServerSideEncryption } from "@aws-sdk/client-s3";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { soundPolicy } from "./sound.ts";
import { standingOf } from "./standing.ts";

const stage = await rehearse({
  disorder: { seed: 7, duplicate: 0.3, drop: 0.2, maximumDelayMilliseconds: 40 },
});
const mallory = stage.as("mallory");
const { idle, invoke } = stage.deployment;
afterAll(() => stage[Symbol.asyncDispose]());

/** One thing that somebody does to one of three buckets. */
type Act =
  | { readonly kind: "policy"; readonly foreign: number; readonly sound: boolean }
  | { readonly kind: "no policy" }
  | { readonly kind: "encryption"; readonly algorithm: ServerSideEncryption }
  | { readonly kind: "no encryption" }
  | { readonly kind: "no logging" }
  | { readonly kind: "log elsewhere"; readonly to: number }
  | { readonly kind: "suspend" };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant("policy" as const),
    foreign: fc.integer({ min: 0, max: 3 }),
    sound: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("no policy" as const) }),
  fc.record({
    kind: fc.constant("encryption" as const),
    algorithm: fc.constantFrom("AES256" as const, "aws:kms" as const, "aws:kms:dsse" as const),
  }),
  fc.record({ kind: fc.constant("no encryption" as const) }),
  fc.record({ kind: fc.constant("no logging" as const) }),
  fc.record({ kind: fc.constant("log elsewhere" as const), to: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ kind: fc.constant("suspend" as const) }),
);
const acts = fc.array(fc.record({ on: fc.integer({ min: 0, max: 2 }), act }), {
  minLength: 1,
  maxLength: 4,
});

/** Statements of other teams, each spelt in a way of its own. */
function foreignStatements(bucket: string, count: number): readonly string[] {
  return [
    `{ "Sid":"A" ,"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::${bucket}/*"}`,
    `{"Effect" : "Deny", "Principal":"*",\n\t"Action":["s3:DeleteBucket"],"Resource":"arn:aws:s3:::${bucket}"}`,
    `{"Resource":["arn:aws:s3:::${bucket}/\\u0061/*"],"Action":"s3:Put*","Principal":{"AWS":["arn:aws:iam::444455556666:root"]},"Effect":"Allow"}`,
  ].slice(0, count);
}

function policyFor(bucket: string, { foreign, sound }: Extract<Act, { kind: "policy" }>): string {
  const statements = foreignStatements(bucket, foreign);
  if (!sound && foreign > 0) {
    return `{"Version":"2008-10-17","Statement":[${statements.join(",\n")}]}`;
  }
  const denies: readonly object[] = JSON.parse(soundPolicy(bucket)).Statement;
  const all = [...statements, ...denies.map((it) => JSON.stringify(it))];
  return `{"Statement":[${all.join(" ,")}]}`;
}

async function play(one: Act, bucket: string, others: readonly string[]): Promise<unknown> {
  const on = { Bucket: bucket };
  switch (one.kind) {
    case "policy":
      // S3 has no If-Match: an edit between our last look and our write would be lost.
      await idle();
      return mallory.putBucketPolicy({ ...on, Policy: policyFor(bucket, one) });
    case "no policy":
      await idle();
      return mallory.deleteBucketPolicy(on);
    case "encryption": {
      const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: one.algorithm } };
      const ServerSideEncryptionConfiguration = { Rules: [rule] };
      return mallory.putBucketEncryption({ ...on, ServerSideEncryptionConfiguration });
    }
    case "no encryption":
      return mallory.deleteBucketEncryption(on);
    case "no logging":
      return mallory.putBucketLogging({ ...on, BucketLoggingStatus: {} });
    case "log elsewhere": {
      // Never into itself, which is left to people.
      const TargetBucket = others[one.to] === bucket ? stage.logBucket : (others[one.to] ?? "");
      const LoggingEnabled = { TargetBucket, TargetPrefix: "else/" };
      return mallory.putBucketLogging({ ...on, BucketLoggingStatus: { LoggingEnabled } });
    }
    case "suspend":
      return mallory.putBucketVersioning({
        ...on,
        VersioningConfiguration: { Status: "Suspended" },
      });
  }
}

/** Plays all acts; the result says which foreign statements each policy must still hold. */
async function playAll(
  played: readonly { readonly on: number; readonly act: Act }[],
  buckets: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const kept = new Map<string, readonly string[]>();
  for (const { on, act: one } of played) {
    const bucket = buckets[on] ?? "";
    await play(one, bucket, buckets);
    if (one.kind === "policy") kept.set(bucket, foreignStatements(bucket, one.foreign));
    if (one.kind === "no policy") kept.delete(bucket);
  }
  return kept;
}

async function expectSound(bucket: string, foreign: readonly string[]): Promise<void> {
  const { algorithm, logsTo, versioning } = await standingOf(stage, bucket);
  expect(["aws:kms", "aws:kms:dsse"]).toContain(algorithm);
  expect([logsTo, versioning]).toEqual([stage.logBucket, "Enabled"]);
  const { Policy: text = "" } = await mallory.getBucketPolicy({ Bucket: bucket });
  expect(foreign.filter((statement) => !text.includes(statement))).toEqual([]);
}

test("whatever is done to three buckets, and however its events arrive, a sweep later all is right", async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (played) => {
      const buckets = [stage.bucket("p"), stage.bucket("q"), stage.bucket("r")];
      const kept = await playAll(played, buckets);
      await idle();
      await stage.sweepAgain();
      for (const bucket of buckets) await expectSound(bucket, kept.get(bucket) ?? []);
      const plan = await invoke({ mode: "plan", reason: "the end", requestedBy: "test" });
      expect(plan.results.flatMap(({ held, changes }) => [...held, ...changes])).toEqual([]);
      // The next run shall not sweep these as well.
      for (const bucket of buckets) stage.sandbox.world.buckets.delete(bucket);
    }),
    { numRuns: 20, seed: 20_261_121 },
  );
}, 60_000);

test("events that all come twice, late and out of order, repair once and tell once", async () => {
  const disorder = { seed: 3, duplicate: 1, maximumDelayMilliseconds: 60 };
  await using twice = await rehearse({ disorder });
  const intruder = twice.as("mallory");
  const bucket = twice.bucket();
  const on = { Bucket: bucket };
  await Promise.all([
    intruder.deleteBucketPolicy(on),
    intruder.deleteBucketEncryption(on),
    intruder.putBucketLogging({ ...on, BucketLoggingStatus: {} }),
    intruder.putBucketVersioning({ ...on, VersioningConfiguration: { Status: "Suspended" } }),
  ]);
  await twice.deployment.idle();
  expect([...twice.writes(bucket)].sort()).toEqual([
    "PutBucketEncryption",
    "PutBucketLogging",
    "PutBucketPolicy",
    "PutBucketVersioning",
  ]);
  expect([...twice.told(bucket)].sort()).toEqual([
    "fixed access-logging",
    "fixed default-encryption",
    "fixed kms-enforcement",
    "fixed sse-c-blocked",
    "fixed ssl-only",
    "fixed versioning",
  ]);
  expect(await twice.sweepAgain()).toEqual({ writes: [], told: 0 });
});
