import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { controls } from "@bucket-warden/core/controls";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Ended, warden as run } from "./warden.ts";
import { wardenHere } from "./warden-here.ts";

// A process of its own loads every file of the command line.
vi.setConfig({ testTimeout: 20_000 });

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warden-"));
});
afterAll(() => rm(folder, { recursive: true }));

function warden(words: readonly string[]): Promise<Ended> {
  return wardenHere(words);
}

async function fileWith(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test.each(["", "sandbox", "policy check", "controls"])(
  "warden %s --help explains itself",
  async (words) => {
    const { code, out } = await warden([...words.split(" ").filter(Boolean), "--help"]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("Usage: warden") });
  },
);

test("a mistyped command gets a suggestion and exit code 1, in a process of its own as well", async () => {
  const { code, error } = await run(["reply"]);
  expect({ code, error }).toEqual({
    code: 1,
    error: "error: warden: unknown command 'reply'\nDid you mean replay? See `warden --help`.\n",
  });
});

test.each([
  {
    words: ["remediate", "photos", "--pln"],
    said: "error: warden remediate: unknown option '--pln'\nDid you mean --plan? See `warden remediate --help`.\n",
  },
  {
    words: ["remediate", "photos", "--control", "ssl-onyl"],
    said: "error: warden remediate: option '--control <id...>' argument 'ssl-onyl' is invalid\nDid you mean ssl-only? See `warden controls`. See `warden remediate --help`.\n",
  },
  {
    words: ["history", "photos", "--most", "0"],
    said: "error: warden history: option '--most <number>' argument '0' is invalid\nIt must be a whole number from 1 to 100. See `warden history --help`.\n",
  },
  {
    words: ["policy"],
    said: "",
  },
])("$words ends in three parts", async ({ words, said }) => {
  const { code, error } = await warden(words);
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining(said) });
});

test("a missing file is named, with what to do", async () => {
  const { code, error } = await warden(["replay", join(folder, "nowhere")]);
  expect(code).toBe(1);
  expect(error).toContain("there is no such file or folder");
});

test("replay counts every record of a broken folder, and what would have come of it", async () => {
  const record = {
    eventSource: "s3.amazonaws.com",
    eventName: "DeleteBucketPolicy",
    eventID: "e-1",
    eventTime: "2026-11-20T10:00:00Z",
    awsRegion: "eu-west-1",
    recipientAccountId: "111122223333",
    userIdentity: { type: "Root", arn: "arn:aws:iam::111122223333:root" },
    requestParameters: { bucketName: "invoices" },
  };
  await fileWith(
    "good.json",
    JSON.stringify({ Records: [record, { ...record, errorCode: "AccessDenied" }] }),
  );
  await fileWith("broken.json.gz", "not packed");
  const { code, out } = await warden(["replay", folder, "--json"]);
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({
    records: 2,
    reconciled: 1,
    byEvent: { DeleteBucketPolicy: 1 },
    ignored: { "the call failed, so nothing changed": 1 },
    unreadable: [{ place: join(folder, "broken.json.gz"), problem: "it cannot be unpacked" }],
    rehearsals: [{ reconciles: 1, byControl: { "kms-enforcement": { flagged: 1 } } }],
  });
});

const half =
  '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::photos/*","Condition":{"Bool":{"aws:SecureTransport":false}}}}';

test("policy check prints verdict, witness and the smallest repair, and exits with 2", async () => {
  const file = await fileWith("half.policy", half);
  const words = ["policy", "check", "--guarantee", "ssl-only", "--bucket", "photos", file];
  const { code, out } = await warden(words);
  expect(code).toBe(2);
  expect(out).toContain("refuted: anonymous may call s3:ListBucket on arn:aws:s3:::photos");
  expect(out).toMatch(/^ {2}\+ .*"Sid": "BucketWardenSslOnly"/m);
  expect(out).not.toMatch(/^ {2}-/m);
});

test("what policy fix prints is proven, and foreign text stays as it was", async () => {
  const options = ["--guarantee", "ssl-only", "--bucket", "photos"];
  const file = await fileWith("to-fix.policy", half);
  const fixed = await warden(["policy", "fix", ...options, file]);
  expect(fixed.out).toContain(half.slice(half.indexOf('{"Effect"'), -1));
  const again = await fileWith("fixed.policy", fixed.out);
  expect(await warden(["policy", "check", ...options, again])).toMatchObject({ code: 0 });
});

test("policy check --jsonl answers every line in order, bad ones as well", async () => {
  const lines = [
    { id: "1", bucket: "photos", guarantee: "ssl-only", policy: half },
    "garbage",
    { id: "3", bucket: "photos", guarantee: "sse-c-denied", policy: null },
  ];
  const input = lines.map((it) => (typeof it === "string" ? it : JSON.stringify(it))).join("\n");
  const { code, out } = await run(["policy", "check", "--jsonl"], { input });
  const answers = out
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(code).toBe(0);
  expect(answers).toMatchObject([
    { id: "1", verdict: "refuted" },
    { id: "", verdict: "invalid" },
    { id: "3", verdict: "refuted" },
  ]);
});

const ids = controls.map(({ id }) => id);

test("controls prints a line for each one", async () => {
  const { code, out } = await warden(["controls"]);
  const [, ...lines] = out.trim().split("\n");
  expect(code).toBe(0);
  expect(lines.map((line) => line.split(" ")[0])).toEqual(ids);
});

test("controls --json prints one array for programs", async () => {
  const { code, out } = await warden(["controls", "--json"]);
  const told: readonly { readonly id: string }[] = JSON.parse(out);
  expect(code).toBe(0);
  expect(told.map(({ id }) => id)).toEqual(ids);
  expect(told[0]).toMatchObject({ id: "ssl-only", mode: "automatic", target: "bucket" });
});

test("controls takes no argument", async () => {
  const { code, error } = await warden(["controls", "ssl-only"]);
  expect({ code, error }).toEqual({
    code: 1,
    error: expect.stringContaining("too many arguments"),
  });
});

test("the template of a member is printed for a baseline, the same each time", async () => {
  const file = await fileWith("repairing.json", '{ "ssl-only": { "mode": "remediate" } }');
  const { code, out } = await warden(["member-template", file, "--prefix", "guard"]);
  expect(code).toBe(0);
  expect(JSON.parse(out).Resources.WritePolicy1.Properties).toMatchObject({
    ManagedPolicyName: "guard-write-1",
    PolicyDocument: { Statement: [{ Action: ["s3:PutBucketPolicy"] }] },
  });
  expect((await warden(["member-template", file, "--prefix", "guard"])).out).toBe(out);
  const refused = await warden(["member-template", file, "--sweep", "now and then"]);
  expect(refused).toMatchObject({ code: 1, error: expect.stringContaining("rate(1 day)") });
});
