import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { newborn, repaired, standingOf } from "./standing.ts";
import type { Ended } from "./warden.ts";
import { wardenHere } from "./warden-here.ts";

// Nothing that is deployed looks at these buckets.
const stage = await rehearse({ watch: false, rolesFor: "no-roles" });
const owner = stage.as("owner");
const folder = await mkdtemp(join(tmpdir(), "warden-local-"));
await writeFile(join(folder, "warden.config.json"), JSON.stringify(sandboxBaseline));
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Runs the command in the folder of the baseline. */
function warden(...words: readonly string[]): Promise<Ended> {
  const env = { ...stage.sandbox.environment, AWS_ACCESS_KEY_ID: "bucket-warden", NO_COLOR: "1" };
  return wardenHere(words, { env, cwd: folder });
}

const foreign = (bucket: string) =>
  `{ "Version":"2012-10-17", "Statement":[{ "Sid":"Theirs",\t"Effect" : "Allow","Principal":{"AWS":"arn:aws:iam::${stage.sandbox.account}:role/r"},"Action":[ "s3:GetObject" ],"Resource":"arn:aws:s3:::${bucket}/*"}]}`;

test("a bucket is planned, repaired and looked at again without anything deployed", async () => {
  const bucket = stage.bucket("folder");
  stage.change(bucket, "policy", foreign(bucket));
  stage.change(bucket, "versioning", undefined);

  const planned = await warden("remediate", bucket, "--local", "--plan");
  expect(planned).toMatchObject({ code: 2, error: "" });
  expect(planned.out).toContain(`${bucket}  PLANNED\n  the policy, for ssl-only, `);
  expect(planned.out).toContain("\n  the versioning, for versioning:\n");
  expect(planned.out).toContain("  would deny  s3:* on");
  expect(stage.writes(bucket)).toEqual([]);

  const fixed = await warden("remediate", bucket, "--local", "--reason", "SEC-42", "--by", "bob");
  expect(fixed.code).toBe(0);
  expect(fixed.error).toContain("no stop switch is asked");
  expect(fixed.out).toContain("asked for by bob: SEC-42\n\nFIXED  ssl-only");
  expect(fixed.out).toContain(`\n${bucket}  FIXED ssl-only, kms-enforcement, versioning\n`);
  const standing = repaired(stage.logBucket);
  const statements = [...standing.statements, "Theirs"];
  expect(await standingOf(stage, bucket)).toEqual({ ...standing, statements });

  const again = await warden("remediate", bucket, "--local");
  expect(again).toMatchObject({ code: 0, out: `${bucket}  CLEAN\n` });
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy", "PutBucketVersioning"]);
});

test("what was done is shown from the folder, and taken back byte for byte", async () => {
  const bucket = stage.bucket("taken-back");
  stage.change(bucket, "policy", foreign(bucket));
  stage.change(bucket, "versioning", undefined);
  const fixed = await warden("remediate", bucket, "--local", "--reason", "SEC-42", "--by", "bob");
  expect(fixed.code).toBe(0);

  const shown = await warden("history", bucket, "--local");
  expect(shown).toMatchObject({ code: 0, error: "" });
  expect(shown.out).toContain("asked for by bob: SEC-42");
  const entry = /entry {2}(\S+)/.exec(shown.out)?.[1] ?? "";
  const undone = await warden("undo", entry, "--local", "--reason", "it breaks");
  expect(undone.code).toBe(0);
  expect(undone.out).toContain(`${bucket}  UNDONE versioning, ssl-only, kms-enforcement\n`);
  const again = await warden("undo", entry, "--local", "--reason", "once more");
  expect(again.code).toBe(0);
  expect(again.out).toMatch(/CLEAN: undone already by \S+ at \d{4}-\S+Z, entry [0-9a-f-]+\n/);
  const { Policy } = await owner.getBucketPolicy({ Bucket: bucket });
  expect(Policy).toBe(foreign(bucket));
  expect((await standingOf(stage, bucket)).versioning).toBe("Suspended");
  expect(await readdir(join(folder, "warden-ledger", "locks"))).toEqual([]);
});

test("what is in the way is put right first, and what has to wait is waited for", async () => {
  const bucket = stage.bucket("behind");
  stage.change(bucket, "logging", undefined);
  stage.change(stage.logBucket, "policy", undefined);
  const { code, out } = await warden("remediate", bucket, "--local", "--ledger", "other");
  expect({ code, last: out.trim().split("\n").at(-1) }).toEqual({
    code: 0,
    last: `${bucket}  FIXED access-logging`,
  });
  expect((await standingOf(stage, bucket)).logsTo).toBe(stage.logBucket);
  expect(await readdir(join(folder, "other"))).toContain("locks");
});

test("what could not be read is the third answer, and nothing is written", async () => {
  const bucket = stage.bucket("denied");
  stage.change(bucket, "policy", undefined);
  const end = stage.sandbox.faults.add({
    kind: "access-denied",
    operation: "GetBucketPolicy",
    bucket,
  });
  const words = ["remediate", bucket, "--local", "--control", "ssl-only", "--json"];
  const { code, out, error } = await warden(...words);
  end();
  expect(code).toBe(3);
  const answer: unknown = JSON.parse(out);
  expect(answer).toMatchObject({ results: [{ outcome: { kind: "blocked" } }], pending: [] });
  expect(error).toContain("could not read: policy (AccessDenied: Access Denied)");
  expect((await standingOf(stage, bucket)).statements).toEqual(newborn.statements);
});

test("a bucket at which somebody else works is left alone", async () => {
  const bucket = stage.bucket("held");
  stage.change(bucket, "versioning", undefined);
  const locks = join(folder, "held", "locks");
  await mkdir(locks, { recursive: true });
  const lock = join(locks, `${stage.sandbox.account}%23${bucket}.json`);
  await writeFile(lock, JSON.stringify({ process: process.pid, host: hostname(), since: "noon" }));
  const { code, error } = await warden("remediate", bucket, "--local", "--ledger", "held");
  expect(code).toBe(1);
  expect(error).toContain(`process ${process.pid} on ${hostname()} is at work on ${bucket}`);
  expect(stage.writes(bucket)).toEqual([]);
});

test.each([
  { words: ["remediate", "photos", "--baseline", "b.json"], said: "it counts only with --local" },
  { words: ["undo", "e-1", "--reason", "x", "--ledger", "l"], said: "it counts only with --local" },
  { words: ["remediate", "photos", "--local", "--function", "f"], said: "cannot be used with" },
  { words: ["undo", "e-1", "--reason", "x", "--local"], said: 'no ledger entry "e-1"' },
])("warden $words ends with what is wrong in it", async ({ words, said }) => {
  const { code, error } = await warden(...words);
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining(said) });
});

test("whose credentials count is asked for where nobody said it", async () => {
  const nothing = join(folder, "nothing");
  const env = {
    AWS_ENDPOINT_URL: stage.sandbox.endpoint,
    AWS_CONFIG_FILE: nothing,
    AWS_SHARED_CREDENTIALS_FILE: nothing,
    AWS_REGION: undefined,
    AWS_DEFAULT_REGION: undefined,
    AWS_ACCESS_KEY_ID: undefined,
  };
  const words = ["remediate", "photos", "--local", "--plan"];
  const { code, error } = await wardenHere(words, { env, cwd: folder });
  expect({ code, error }).toEqual({
    code: 1,
    error: expect.stringMatching(/^error: credentials: .*Region is missing\nSet AWS_REGION/),
  });
});

test("a list of buckets that is denied is said to be", async () => {
  const end = stage.sandbox.faults.add({ kind: "access-denied", operation: "ListBuckets" });
  const { code, error } = await warden("remediate", "photos", "--local", "--plan");
  end();
  expect({ code, error }).toEqual({
    code: 1,
    error: expect.stringMatching(/^error: the list of buckets: AccessDenied: .*ListAllMyBuckets/s),
  });
});

test("a bucket that is not there is an error", async () => {
  const { code, out } = await warden("remediate", "nowhere-at-all", "--local", "--plan");
  expect({ code, out }).toEqual({
    code: 1,
    out: "nowhere-at-all  GONE: there is no such bucket\n",
  });
});
