import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { wardenHere } from "./warden-here.ts";

// Nothing that is deployed looks at these buckets.
const stage = await rehearse({ watch: false, rolesFor: "no-roles" });
const folder = await mkdtemp(join(tmpdir(), "warden-explain-"));
const baseline = {
  ...sandboxBaseline,
  scopes: [
    {
      name: "quiet ones",
      match: { buckets: ["*quiet*"] },
      settings: { "ssl-only": { mode: "alert" }, cors: { mode: "off" } },
    },
  ],
  waivers: [
    {
      buckets: ["*quiet*"],
      controls: ["versioning"],
      reason: "it is emptied each night",
      approver: "jane@example.com",
      approved: "2020-01-01",
      expires: "2020-01-02",
    },
  ],
};
await writeFile(join(folder, "warden.config.json"), JSON.stringify(baseline));
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function warden(...words: readonly string[]) {
  const env = { ...stage.sandbox.environment, AWS_ACCESS_KEY_ID: "bucket-warden", NO_COLOR: "1" };
  return wardenHere(words, { env, cwd: folder });
}

const tls = (bucket: string, sid: string) =>
  `{"Sid":"${sid}","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::${bucket}","arn:aws:s3:::${bucket}/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}`;

const policyOf = (...statements: readonly string[]) =>
  `{"Version":"2012-10-17","Statement":[${statements.join(",")}]}`;

const other = (bucket: string) =>
  `{"Sid":"Read","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/r"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::${bucket}/*"}`;

test("drift is explained: what was read, who slips through, who asks for it, what would be written", async () => {
  const bucket = stage.bucket("loud");
  stage.change(bucket, "policy", policyOf(other(bucket)));
  const { code, out } = await warden("explain", bucket, "ssl-only");
  expect(code).toBe(2);
  const lines = out.split("\n");
  expect(lines[0]).toMatch(new RegExp(`^${bucket}, of account 111122223333 in us-east-1, as it`));
  expect(lines[1]).toBe("No scope of warden.config.json matches.");
  expect(lines).toContain("ssl-only: DRIFT");
  expect(out).toMatch(/^ {2}witness {5}anonymous may call s3:\S+/m);
  expect(out).toContain('"Sid": "Read"');
  expect(lines).toContain("  read        website (absent)");
  expect(lines).toContain('  asks        ssl-only.mode = "remediate" (everywhere)');
  expect(lines).toContain("  repair      this would be written: policy");
  expect(out).toMatch(/^ +\+ +"Sid": "BucketWardenSslOnly",$/m);
});

test("a scope and a waiver that mean the bucket are named, and what is off", async () => {
  const bucket = stage.bucket("quiet");
  stage.change(bucket, "policy", policyOf(other(bucket)));
  const { code, out } = await warden("explain", bucket);
  expect(code).toBe(2);
  expect(out).toContain("Scopes of warden.config.json that match: quiet ones\n");
  expect(out).toContain("waiver for versioning by jane@example.com, 2020-01-01 to 2020-01-02");
  expect(out).toContain('asks        ssl-only.mode = "alert" (scope "quiet ones")');
  expect(out).toMatch(/^Off here: .*cors/m);
  expect(out).not.toContain("cors: ");
});

test("the statement on which a verdict rests is shown as it stands there", async () => {
  const bucket = stage.bucket("decided");
  stage.change(bucket, "policy", policyOf(other(bucket), tls(bucket, "A")));
  const one = await warden("explain", bucket, "ssl-only", "--json");
  expect(JSON.parse(one.out).controls).toMatchObject([
    {
      verdict: "compliant",
      statements: [{ place: "Statement.1", sid: "A", role: "needed", text: tls(bucket, "A") }],
    },
  ]);
  expect(one.code).toBe(0);
  stage.change(bucket, "policy", policyOf(tls(bucket, "A"), other(bucket), tls(bucket, "B")));
  const two = await warden("explain", bucket, "ssl-only", "--json");
  expect(JSON.parse(two.out).controls[0].statements).toMatchObject([
    { sid: "A", role: "enough" },
    { sid: "B", role: "enough" },
  ]);
});

test("what could not be read is said with its reason, and is the third exit code", async () => {
  const bucket = stage.bucket("denied");
  const end = stage.sandbox.faults.add({
    kind: "access-denied",
    operation: "GetBucketPolicy",
    bucket,
  });
  const { code, out } = await warden("explain", bucket, "ssl-only");
  end();
  expect(code).toBe(3);
  expect(out).toContain("ssl-only: UNREAD");
  expect(out).toContain("policy (unknown, denied: AccessDenied: Access Denied)");
});

test.each([
  { words: ["ssl-onyl"], said: "Did you mean ssl-only?" },
  { words: ["trail-health"], said: "it is about what an account has in a Region" },
])("explain with $words ends in three parts", async ({ words, said }) => {
  const { code, error } = await warden("explain", stage.bucket("asked"), ...words);
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining(said) });
});

test("a bucket that is not there is an error", async () => {
  const { code, out } = await warden("explain", "nowhere-at-all");
  expect({ code, out }).toEqual({
    code: 1,
    out: "nowhere-at-all  there is no such bucket in account 111122223333\n",
  });
});
