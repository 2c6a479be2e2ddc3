import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { configure, type Sandbox, startSandbox } from "@bucket-warden/sandbox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { policyParameters, record } from "../replay/records.ts";
import { denyPlainHttp } from "./sound.ts";
import { wardenHere } from "./warden-here.ts";

let sandbox: Sandbox;
let s3: S3Client;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warden-replay-"));
  sandbox = await startSandbox();
  const credentials = { accessKeyId: "alice", secretAccessKey: "any" };
  const { endpoint, region } = sandbox;
  s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  await writeFile(join(folder, "strict.yaml"), "ssl-only: { mode: remediate }\n");
});
afterAll(async () => {
  s3.destroy();
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

const strict = () => ["--baseline", join(folder, "strict.yaml")];

async function replayed(words: readonly string[]) {
  const ended = await wardenHere(["replay", ...words, "--json"], { env: sandbox.environment });
  return { ...ended, answer: JSON.parse(ended.out || "{}") };
}

const name = (time: string, id: string) =>
  `111122223333_CloudTrail_us-east-1_${time}Z_${id}.json.gz`;

test("a trail in S3 is read page by page, and what is no log in it is left out", async () => {
  const Bucket = "trail";
  await s3.send(new CreateBucketCommand({ Bucket }));
  const put = (Key: string, content: unknown) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body: gzipSync(JSON.stringify(content)) }));
  const records = Array.from({ length: 40 }, (_, at) =>
    record("PutBucketPolicy", policyParameters(), { at }),
  );
  for (const [index, one] of records.entries()) {
    const time = `20261120T10${String(index).padStart(2, "0")}`;
    // Two trails record the same calls.
    for (const trail of ["a", "b"])
      await put(`${trail}/CloudTrail/${name(time, "X")}`, { Records: [one] });
  }
  await put(`a/CloudTrail-Digest/${name("20261120T1100", "D")}`, { digestStartTime: "x" });
  await put("a/CloudTrail/broken.json.gz", "not a log");
  const { code, answer } = await replayed(["s3://trail/", ...strict()]);
  expect(code).toBe(2);
  expect(answer).toMatchObject({
    files: { read: 81, skipped: { "digest files, which are for validation": 1 } },
    records: 80,
    copies: 40,
    reconciled: 40,
    unreadableFiles: 1,
    unreadable: [{ place: "s3://trail/a/CloudTrail/broken.json.gz" }],
    rehearsals: [{ baseline: expect.stringContaining("strict.yaml"), reconciles: 40 }],
  });
});

test.each([
  { path: "s3://", problem: "it names no bucket" },
  { path: "s3://nowhere/", problem: "it cannot be listed (NoSuchBucket" },
  { path: "s3://trail/nothing/", problem: "there are no log files below this prefix" },
])("$path is refused: $problem", async ({ path, problem }) => {
  const { code, error } = await wardenHere(["replay", path], { env: sandbox.environment });
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining(problem) });
});

test("with --live, what no record changes is as it is now, and drift is looked at again", async () => {
  const names = ["still-open", "put-right", "gone-since"];
  for (const Bucket of names) await s3.send(new CreateBucketCommand({ Bucket }));
  const from = sandbox.world.records.length;
  for (const Bucket of names) {
    const Statement = [
      { ...denyPlainHttp(Bucket), Effect: "Allow", Principal: { AWS: "444455556666" } },
    ];
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    const VersioningConfiguration = { Status: "Suspended" as const };
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  const log = join(folder, "live.json");
  await writeFile(log, JSON.stringify({ Records: sandbox.world.records.slice(from) }));
  const sound = { Version: "2012-10-17", Statement: [denyPlainHttp("put-right")] };
  configure(sandbox.world, "put-right", "policy", JSON.stringify(sound));
  await s3.send(new DeleteBucketCommand({ Bucket: "gone-since" }));

  const alone = await replayed([log, ...strict()]);
  expect(alone.answer.rehearsals[0].byControl["ssl-only"]).toMatchObject({
    changed: 0,
    unknown: 3,
  });
  const { code, answer } = await replayed([log, ...strict(), "--live"]);
  expect(code).toBe(2);
  const [rehearsal] = answer.rehearsals;
  expect(rehearsal.byControl["ssl-only"]).toMatchObject({ changed: 2, unknown: 1 });
  expect(rehearsal.given).toContain(
    "what no record changes was, when the log began, what it is now",
  );
  const told = answer.live
    .filter(({ control }: { control: string }) => control === "ssl-only")
    .map(({ resource, now }: { resource: string; now: string }) => `${resource} ${now}`);
  expect(told).toEqual(["put-right right", "still-open stands"]);
});
