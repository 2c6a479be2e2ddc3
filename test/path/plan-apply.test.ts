import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fingerprint } from "@bucket-warden/core/kernel";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { afterAll, beforeEach, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { repaired, standingOf } from "./standing.ts";
import { wardenHere } from "./warden-here.ts";

// Nothing that is deployed looks at these buckets.
const stage = await rehearse({ watch: false, rolesFor: "no-roles" });
const folder = await mkdtemp(join(tmpdir(), "warden-plan-"));
const file = join(folder, "plan.json");
const baseline = { ...sandboxBaseline, "account-public-access": { mode: "off" } };
await writeFile(join(folder, "warden.config.json"), JSON.stringify(baseline));
await writeFile(
  join(folder, "asks.json"),
  JSON.stringify({ ...baseline, "ssl-only": { mode: "approve" } }),
);
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
beforeEach(() => rm(file, { force: true }));

const environment = {
  ...stage.sandbox.environment,
  AWS_ACCESS_KEY_ID: "bucket-warden",
  NO_COLOR: "1",
};

function warden(...words: readonly string[]) {
  return wardenHere(words, { env: environment, cwd: folder });
}

const cors =
  "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>https://a.example</AllowedOrigin></CORSRule></CORSConfiguration>";

function weakened(purpose: string): string {
  const bucket = stage.bucket(purpose);
  stage.change(bucket, "policy", undefined);
  stage.change(bucket, "versioning", undefined);
  return bucket;
}

test("the plan of an account is shown, kept, carried out, and then there is nothing left", async () => {
  const [first, second] = [weakened("first"), weakened("second")];
  const planned = await warden("plan", "--out", "plan.json");
  expect(planned).toMatchObject({ code: 2, error: expect.stringContaining("Wrote plan.json.") });
  expect(planned.out).toContain(
    `${first}  PLANNED\n  the policy, for ssl-only, kms-enforcement:\n`,
  );
  expect(planned.out).toContain("\n  the versioning, for versioning:\n");
  expect(planned.out).toMatch(/^Plan: 4 documents to write in 2 of \d+ resources, 0 wait/m);
  expect([...stage.writes(first), ...stage.writes(second)]).toEqual([]);

  const applied = await warden("apply", "plan.json", "--reason", "SEC-42", "--by", "bob");
  expect(applied.code).toBe(0);
  expect(applied.out).toContain("\nWrote 4 documents in 2 resources; 0 stale.\n");
  for (const bucket of [first, second]) {
    expect(applied.out).toContain(`${bucket}  FIXED ssl-only, kms-enforcement, versioning\n`);
    expect(await standingOf(stage, bucket)).toEqual(repaired(stage.logBucket));
    expect(stage.writes(bucket)).toEqual(["PutBucketPolicy", "PutBucketVersioning"]);
  }
  const { out: history } = await warden("history", first, "--local");
  expect(history).toContain("asked for by bob: SEC-42");

  const again = await warden("plan", first, second);
  expect(again.out).toContain("Plan: 0 documents to write in 0 of 2 resources");
  const twice = await warden("apply", "plan.json");
  expect(twice.code).toBe(2);
  expect(twice.out).toContain("  changed since it was planned: policy, versioning; nothing was");
  expect(stage.writes(first)).toHaveLength(2);
});

test("a bucket that changed since is left alone and named, and the others go on", async () => {
  const [moved, still] = [weakened("moved"), weakened("still")];
  await warden("plan", moved, still, "--out", "plan.json");
  stage.change(moved, "cors", cors);
  const { code, out } = await warden("apply", "plan.json", "--json");
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    results: [
      { resource: moved, stale: ["cors"], changes: [] },
      { resource: still, outcome: { kind: "fixed" }, entry: expect.any(String) },
    ],
    pending: [],
  });
  expect(stage.writes(moved)).toEqual([]);
  expect(stage.writes(still)).toEqual(["PutBucketPolicy", "PutBucketVersioning"]);
});

test("the log bucket comes last, so that its repair makes no other plan stale", async () => {
  const bucket = weakened("logging");
  stage.change(stage.logBucket, "versioning", undefined);
  await warden("plan", stage.logBucket, bucket, "--out", "plan.json");
  const { code, out } = await warden("apply", "plan.json", "--json");
  expect(code).toBe(0);
  const { results } = JSON.parse(out) as { results: readonly { resource: string }[] };
  expect(results.map(({ resource }) => resource)).toEqual([bucket, stage.logBucket]);
});

test("what waits for approval is written only by its name, on top of the rest", async () => {
  const bucket = weakened("approved");
  const asks = ["--baseline", "asks.json"];
  const planned = await warden("plan", bucket, ...asks, "--out", "plan.json");
  const [, name = ""] = /approve it with --approve '([^']+)'/.exec(planned.out) ?? [];
  expect(name).toMatch(/^ssl-only\//);
  const unknown = await warden("apply", "plan.json", ...asks, "--approve", "ssl-only/x/y");
  expect(unknown).toMatchObject({
    code: 1,
    error: expect.stringContaining("the plan holds nothing of that name"),
  });
  expect(stage.writes(bucket)).toEqual([]);
  const { code, out } = await warden("apply", "plan.json", ...asks, "--approve", name);
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringContaining(`${bucket}  FIXED ssl-only as approved: ${name}\n`),
  });
  expect(await standingOf(stage, bucket)).toEqual(repaired(stage.logBucket));
});

/** Changes the plan in the file as whoever also mends the checksum would. */
async function forge(change: (plan: Record<string, unknown>) => void): Promise<void> {
  const { checksum: _, ...plan } = JSON.parse(await readFile(file, "utf8"));
  change(plan);
  await writeFile(file, JSON.stringify({ ...plan, checksum: fingerprint(plan) }));
}

test.each<{ name: string; edit: (text: string) => string; said: string }>([
  { name: "was edited", edit: (it) => it.replace(/Deny/, "Allow"), said: "its checksum does not" },
  { name: "is cut off", edit: (it) => it.slice(0, -20), said: "it is not whole JSON" },
  { name: "is something else", edit: () => '{"Records":[]}', said: "plan.json: bucketWarden: " },
  {
    name: "is of a later version",
    edit: (it) => it.replace('"version": 1', '"version": 2'),
    said: "plan.json: version: ",
  },
  {
    name: "names no account",
    edit: (it) => it.replace(/"account": "\d+"/, '"account": "prod"'),
    said: 'account: "prod" is not an AWS account id',
  },
])("a file that $name is refused with the place", async ({ edit, said }) => {
  const bucket = weakened("refused");
  await warden("plan", bucket, "--out", "plan.json");
  await writeFile(file, edit(await readFile(file, "utf8")));
  const { code, error } = await warden("apply", "plan.json");
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining(said) });
  expect(stage.writes(bucket)).toEqual([]);
});

test("a plan for elsewhere, under another baseline or too old is refused, and a forged one is stale", async () => {
  const bucket = weakened("elsewhere");
  await warden("plan", bucket, "--out", "plan.json");
  const whole = await readFile(file, "utf8");
  const refusals: readonly [(plan: Record<string, unknown>) => void, string][] = [
    [(plan) => Object.assign(plan, { account: "999999999999" }), "made for account 999999999999"],
    [(plan) => Object.assign(plan, { region: "eu-west-3" }), "it was made from eu-west-3"],
    [(plan) => Object.assign(plan, { endpoint: "http://x" }), "it was made at http://x, and this"],
    [(plan) => Object.assign(plan, { until: "2020-01-01T00:00:00Z" }), "its time was over at"],
  ];
  for (const [change, said] of refusals) {
    await writeFile(file, whole);
    await forge(change);
    expect(await warden("apply", "plan.json")).toMatchObject({
      code: 1,
      error: expect.stringContaining(said),
    });
  }
  await writeFile(file, whole);
  const other = await warden("apply", "plan.json", "--baseline", "asks.json");
  expect(other.error).toContain("asks.json says something else");
  await forge((plan) => {
    const text = JSON.stringify(plan).replaceAll(`:::${bucket}`, ":::other");
    Object.assign(plan, JSON.parse(text));
  });
  const forged = await warden("apply", "plan.json");
  expect(forged).toMatchObject({ code: 2, out: expect.stringContaining("STALE") });
  expect(stage.writes(bucket)).toEqual([]);
});

test("Ctrl-C between buckets says what was not begun", async () => {
  const [first, second] = [weakened("begun"), weakened("not-begun")];
  await warden("plan", first, second, "--out", "plan.json");
  const stop = stage.sandbox.onRecord(({ eventName }) => {
    if (eventName === "PutBucketVersioning") process.emit("SIGINT");
  });
  const { code, out } = await warden("apply", "plan.json");
  stop();
  expect(code).toBe(130);
  expect(out).toContain(`${first}  FIXED ssl-only, kms-enforcement, versioning\n`);
  expect(out).toContain(`${second}  was not begun\n`);
  expect(stage.writes(second)).toEqual([]);
});

test("a plan that is not whole is shown, and not kept", async () => {
  const bucket = weakened("interrupted");
  const stop = stage.sandbox.faults.beforeCall(({ operation }) => {
    if (operation === "GetBucketPolicy") process.emit("SIGINT");
  });
  const { code, error } = await warden("plan", bucket, "--out", "plan.json");
  stop();
  expect({ code, error }).toEqual({
    code: 130,
    error: expect.stringContaining("plan.json was not written: the plan is not whole."),
  });
  await expect(readFile(file, "utf8")).rejects.toThrow("ENOENT");
});

test("a plan is never written over something else", async () => {
  const { code, error } = await warden("plan", stage.bucket("sound"), "--out", "asks.json");
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining("it is no plan") });
});

test("of a bucket that is not there only that is said", async () => {
  const { code, out } = await warden("plan", "nowhere-at-all");
  expect({ code, first: out.split("\n")[0] }).toEqual({
    code: 1,
    first: "nowhere-at-all  GONE: there is no such bucket",
  });
  expect(out).toContain("0 could not be told");
});
