import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Look } from "@bucket-warden/core/model";
import { resourceName } from "@bucket-warden/core/model";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { readScan } from "../../packages/cli/src/output/read-scan.ts";
import { rehearse } from "./rehearsal.ts";
import type { Ended } from "./warden.ts";
import { wardenHere } from "./warden-here.ts";

vi.setConfig({ testTimeout: 30_000 });

// Nothing that is deployed looks at these buckets.
const stage = await rehearse({ watch: false, rolesFor: "no-roles" });
const { sandbox } = stage;
const folder = await mkdtemp(join(tmpdir(), "warden-scan-"));
await writeFile(join(folder, "warden.config.json"), JSON.stringify(sandboxBaseline));
const file = join(folder, "scan.json");
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.calls.clear();
});

function warden(...words: readonly string[]): Promise<Ended> {
  const env = { ...sandbox.environment, AWS_ACCESS_KEY_ID: "auditor", NO_COLOR: "1" };
  return wardenHere(["scan", ...words], { env, cwd: folder });
}

async function scanned(...words: readonly string[]) {
  const ended = await warden(...words, "--json", "--out", file);
  return { ...ended, scan: await readScan(file) };
}

function kinds({ findings }: Look): Readonly<Record<string, string>> {
  return Object.fromEntries(findings.map((it) => [it.control, it.assessment.kind]));
}

const member = "444455556666";

test("every bucket, Region and account is looked at, and nothing is written", async () => {
  sandbox.calls.clear(); // those that made the world
  const [sound, drifted] = [stage.bucket("sound"), stage.bucket("drifted")];
  stage.change(drifted, "policy", undefined);
  const { code, error, out, scan } = await scanned();
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(error).toBe("Judged by warden.config.json, in 1 account(s).\n");
  const looks = new Map(scan.looks.map((look) => [resourceName(look.on), look]));
  const { account, region } = sandbox;
  expect([...looks.keys()].toSorted()).toEqual(
    [
      `account ${account}`,
      `account ${account} in ${region}`,
      stage.logBucket,
      drifted,
      sound,
    ].toSorted(),
  );
  const look = looks.get(drifted);
  expect(look && kinds(look)).toMatchObject({ "ssl-only": "drift", versioning: "compliant" });
  expect(look?.plan.steps.map(({ document }) => document)).toEqual(["policy"]);
  expect(looks.get(sound)?.findings.every(({ assessment }) => assessment.kind !== "drift")).toBe(
    true,
  );
  expect(sandbox.calls.list({ write: true })).toEqual([]);
});

test("a bucket costs so many calls, and what many share is asked once", async () => {
  stage.bucket("many");
  const few = await callsOf();
  for (let count = 0; count < 10; count += 1) stage.bucket("many");
  const many = await callsOf();
  const more = Object.entries(many).map(([call, count]) => [call, count - (few[call] ?? 0)]);
  expect(Object.fromEntries(more.filter(([, count]) => count !== 0))).toEqual({
    ...Object.fromEntries(documents.map((operation) => [`s3:${operation}`, 10])),
    // Three spans of time for each, because no log file ever came.
    "s3:ListObjectsV2": 30,
  });
  const shared = Object.entries(many).filter(([call]) => !call.startsWith("s3:"));
  expect(Object.fromEntries(shared)).toEqual({
    "cloudtrail:DescribeTrails": 1,
    "cloudtrail:GetEventSelectors": 1,
    "cloudtrail:GetTrailStatus": 1,
    "glacier:ListVaults": 1,
    // By the alias of the baseline and by the key of the buckets.
    "kms:DescribeKey": 2,
    "kms:GetKeyRotationStatus": 1,
    "s3-control:GetPublicAccessBlock": 1,
    "s3-control:ListAccessPoints": 1,
    "s3-control:ListAccessPointsForObjectLambda": 1,
    "s3-control:ListMultiRegionAccessPoints": 1,
    "sts:GetCallerIdentity": 1,
  });
});

/** What is asked of each bucket. */
const documents = [
  "GetBucketAcl",
  "GetBucketCors",
  "GetBucketEncryption",
  "GetBucketLocation",
  "GetBucketLogging",
  "GetBucketOwnershipControls",
  "GetBucketPolicy",
  "GetBucketVersioning",
  "GetBucketWebsite",
  "GetObjectLockConfiguration",
  "GetPublicAccessBlock",
];

async function callsOf(): Promise<Readonly<Record<string, number>>> {
  sandbox.calls.clear();
  await scanned();
  const calls = sandbox.calls.list().map(({ service, operation }) => `${service}:${operation}`);
  const byName = Map.groupBy(calls, (call) => call);
  return Object.fromEntries([...byName].map(([call, all]) => [call, all.length]));
}

test("no more requests are in flight than allowed", async () => {
  for (let count = 0; count < 5; count += 1) stage.bucket("flight");
  let [inFlight, highest] = [0, 0];
  const stop = sandbox.faults.beforeCall(async () => {
    inFlight += 1;
    highest = Math.max(highest, inFlight);
    // Whatever else is sent arrives meanwhile.
    for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
    inFlight -= 1;
  });
  await scanned("--concurrency", "3");
  stop();
  expect(highest).toBe(3);
});

test("what is named is looked at, and nothing else", async () => {
  const bucket = stage.bucket("named");
  const { scan } = await scanned("--bucket", "nam*", "none", "--control", "ssl-only", "versioning");
  expect(scan.looks.map(({ on }) => resourceName(on))).toEqual([bucket]);
  expect(scan.looks.map(kinds)).toEqual([{ "ssl-only": "compliant", versioning: "compliant" }]);
  const elsewhere = await scanned("--region", "ap-south-1");
  expect(elsewhere.scan.looks.map(({ on }) => resourceName(on))).toEqual([
    `account ${sandbox.account}`,
    `account ${sandbox.account} in ap-south-1`,
  ]);
});

test("each account is entered with the role, and one that lets nobody in keeps no other waiting", async () => {
  const locked = "777788889999";
  const { world } = sandbox;
  world.accountNames.set(member, "member").set(locked, "locked");
  world.externalIds.set(`arn:aws:iam::${locked}:role/auditor`, "another");
  await stage.as(`owner@${member}`).createBucket({ Bucket: "theirs" });
  sandbox.calls.clear();
  const { code, scan } = await scanned("--organization", "--role", "auditor", "--bucket", "theirs");
  expect(code).toBe(2);
  expect(scan.head.accounts).toEqual([sandbox.account, member, locked]);
  expect(scan.looks.map(({ on }) => resourceName(on))).toEqual(["theirs"]);
  expect(scan.end.unlooked).toEqual([
    {
      account: locked,
      why: expect.stringMatching(/^the buckets of 777788889999 cannot be listed/),
    },
  ]);
  const readers = sandbox.calls.list({ bucket: "theirs" }).map(({ principal }) => principal);
  expect(new Set(readers)).toEqual(
    new Set([`arn:aws:sts::${member}:assumed-role/auditor/bucket-warden`]),
  );
});

test("without drift, what could not be read is not clean", async () => {
  const bucket = stage.bucket("hidden");
  sandbox.faults.add({ kind: "access-denied", operation: "GetBucketVersioning", bucket });
  const { code, scan } = await scanned("--bucket", bucket, "--control", "versioning");
  expect(code).toBe(3);
  expect(scan.looks.map(kinds)).toEqual([{ versioning: "unread" }]);
});

test("what was throttled is looked at again before anybody is told that it is unread", async () => {
  const bucket = stage.bucket("busy");
  // The SDK asks three times, and so does the next look, once.
  sandbox.faults.add({ kind: "throttle", operation: "GetBucketVersioning", bucket, times: 3 });
  const { code } = await scanned("--bucket", bucket, "--control", "versioning");
  expect(code).toBe(0);
  expect(sandbox.calls.list({ operation: "GetBucketVersioning", bucket })).toHaveLength(4);
});

test("Ctrl-C prints what was looked at until then", async () => {
  for (let count = 0; count < 8; count += 1) stage.bucket("long");
  let calls = 0;
  const stop = sandbox.faults.beforeCall(() => {
    calls += 1;
    if (calls === 60) process.emit("SIGINT");
  });
  const { code, error, scan } = await scanned("--concurrency", "2");
  stop();
  expect(code).toBe(130);
  expect(error).toContain("Stopping: what was looked at so far is printed.");
  expect(scan.end.interrupted).toBe(true);
  const all = sandbox.world.buckets.size;
  expect(scan.looks.length).toBeGreaterThan(0);
  expect(scan.looks.length).toBeLessThan(all);
});

test("the default baseline is said to be that, and the table is for people", async () => {
  const env = { ...sandbox.environment, AWS_ACCESS_KEY_ID: "auditor", NO_COLOR: "1" };
  const { out, error } = await wardenHere(["scan", "--bucket", "drifted-*"], {
    env,
    cwd: tmpdir(),
  });
  expect(error).toContain("Judged by the default baseline");
  expect(out).toContain("drifted-2");
  const { error: nothing } = await wardenHere(["scan", "--quiet"], { env, cwd: tmpdir() });
  expect(nothing).toBe("");
});

test.each([
  { words: ["--account", "4444"], said: /^error: --account: "4444" is not an AWS account id\n/ },
  { words: ["--account", member], said: /^error: --role: .* is another account\n/ },
  { words: ["--region", "europe"], said: /^error: --region: "europe" is not an AWS Region\n/ },
  { words: ["--concurrency", "0"], said: /'--concurrency <number>' argument '0' is invalid\n/ },
  { words: ["--output", "jsn"], said: /Did you mean json\?/ },
  { words: ["--baseline", "none.yaml"], said: /^error: none.yaml: it cannot be read\n/ },
  { words: ["--out", "no/such/folder"], said: /^error: --out: no\/such\/folder cannot be written/ },
])("$words is refused in three parts", async ({ words, said }) => {
  const { code, error } = await warden(...words, "--bucket", "none");
  expect(code).toBe(1);
  expect(error).toMatch(said);
});

test("a bucket that is named and not there is an error, whatever else was seen", async () => {
  const there = stage.bucket("there");
  const { code, out, error } = await warden("--bucket", there, "their-1", "none-like-*");
  expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining("1 resource") });
  expect(error).toContain(
    "error: --bucket: no bucket their-1 is in the accounts and Regions that were looked at\n",
  );
  const { code: ofAccount } = await warden("--bucket", "their-1", "--control", "trail-health");
  expect(ofAccount).not.toBe(1);
});
