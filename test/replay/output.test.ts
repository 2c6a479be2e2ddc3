import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wardenHere } from "../path/warden-here.ts";
import { policyParameters, record } from "./records.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warden-output-"));
  const save = (name: string, content: unknown) =>
    writeFile(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  await save("today.yaml", "ssl-only: { mode: alert }\nversioning: { mode: alert }\n");
  await save(
    "tomorrow.yaml",
    'ssl-only: { mode: remediate }\nversioning: { mode: approve }\naccess-logging: { mode: remediate, target: "logs-{account}-{region}" }\n',
  );
  const day = 86_400;
  const opened = (at: number) =>
    record("PutBucketPolicy", policyParameters(), { at, by: "deploy" });
  const other = { eventSource: "ec2.amazonaws.com" };
  await save("log.json", {
    Records: [
      record("CreateBucket", {}, { at: 0, by: "deploy" }),
      record("RunInstances", {}, { more: other }),
      ...[600, 1_200, 1_800, 2_400].map(opened),
      record(
        "PutBucketVersioning",
        { VersioningConfiguration: { Status: "Enabled" } },
        { at: day },
      ),
      record("PutBucketPolicy", {}, { at: day + 60, by: "eve", bucket: "unheard-of" }),
      record("PutBucketTagging", {}, { at: day + 90, by: "warden", more: { errorCode: "Denied" } }),
      record("DeleteBucketEncryption", {}, { at: day + 120, by: "bucket-warden" }),
      record("DeleteBucket", {}, { at: 3 * day }),
    ],
  });
  await save("torn.json", '{"Records":[');
});
afterAll(() => rm(folder, { recursive: true }));

/** What is printed, without where the test ran. */
async function printed(...words: readonly string[]): Promise<string> {
  const log = ["log.json", "torn.json"].map((name) => join(folder, name));
  const { code, out } = await wardenHere(["replay", ...log, ...words], { cwd: folder });
  return `${out.replaceAll(`${folder}/`, "")}exit code ${code}\n`;
}

test("two baselines on one log, and what differs", async () => {
  const out = await printed("--baseline", "tomorrow.yaml", "--compare", "today.yaml");
  await expect(out).toMatchFileSnapshot("golden/compared.txt");
});

test("the history of one bucket with every judgement", async () => {
  const out = await printed("--baseline", "tomorrow.yaml", "--bucket", "photos");
  await expect(out).toMatchFileSnapshot("golden/history.txt");
});

test("a bucket that no record is about has no history", async () => {
  expect(await printed("--bucket", "nobody")).toContain("No record is about nobody.\n");
  const json = await printed("--bucket", "nobody", "--json");
  expect(json).toContain('{"bucket":"nobody","moments":[]}\n');
});

test.each([
  { words: ["--delay", "soon"], says: "Give whole seconds" },
  { words: ["--account-block", "of"], says: "Choose from on, off." },
  { words: ["--bucket", "photos", "--compare", "x"], says: "cannot be used with" },
  { words: ["--baseline", "missing.yaml"], says: "missing.yaml: it cannot be read" },
])("$words is refused", async ({ words, says }) => {
  const log = join(folder, "log.json");
  const { code, error } = await wardenHere(["replay", log, ...words], { cwd: folder });
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining(says) });
});

test("a quiet log under a quiet baseline is 0, and one that does not tell enough 3", async () => {
  const controls = [
    "ssl-only",
    "kms-enforcement",
    "default-encryption",
    "sse-c-blocked",
    "public-policy",
  ];
  const off = [...controls, "access-logging", "log-target-health"].map(
    (id) => `${id}: { mode: off }\n`,
  );
  await writeFile(join(folder, "quiet.yaml"), off.join(""));
  const codeOf = async (records: readonly object[]) => {
    const log = join(folder, "one.json");
    await writeFile(log, JSON.stringify({ Records: records }));
    const words = ["replay", log, "--baseline", "quiet.yaml", "--json"];
    return (await wardenHere(words, { cwd: folder })).code;
  };
  const versions = { VersioningConfiguration: { Status: "Enabled" } };
  expect(await codeOf([record("PutBucketVersioning", versions)])).toBe(0);
  expect(await codeOf([record("PutBucketVersioning", null)])).toBe(3);
});
