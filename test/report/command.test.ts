import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createDynamoDbTable } from "@bucket-warden/core/aws";
import { ledgerIn } from "@bucket-warden/core/record";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folderTable } from "../../packages/cli/src/ledger/folder-table.ts";
import { jsonFormat } from "../../packages/cli/src/output/json.ts";
import { sandboxForTests } from "../conformance/sandbox-clients.ts";
import { printed, someLooks } from "../output/scans.ts";
import { wardenHere } from "../path/warden-here.ts";
import { entries } from "./organization.ts";

const sandbox = sandboxForTests();
let folder = "";
let scan = "";
let ledger = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "warden-report-"));
  scan = join(folder, "scan.json");
  ledger = join(folder, "ledger");
  await writeFile(scan, printed(jsonFormat(), someLooks()));
  const kept = ledgerIn(folderTable(ledger));
  for (const entry of entries(20)) {
    await kept.save({ ...entry, endedAt: new Date().toISOString() });
    const states = Object.fromEntries(
      entry.findings.map(({ control }) => [control, { kind: "drift", print: "p" }] as const),
    );
    await kept.saveFindingStates(entry.task.ref, states);
  }
});
afterAll(() => rm(folder, { recursive: true }));

test("report --help shows where its data can come from", async () => {
  const { code, out } = await wardenHere(["report", "--help"]);
  expect(code).toBe(0);
  for (const word of ["--scan", "--table", "--ledger", "--html", "dynamodb:Scan"])
    expect(out).toContain(word);
});

test("a report of a scan is one page", async () => {
  const html = join(folder, "out.html");
  const { code, error } = await wardenHere(["report", "--scan", scan, "--html", html]);
  expect({ code, error }).toEqual({
    code: 0,
    error: expect.stringMatching(/^Wrote .*out\.html \(\d+ kB\)/),
  });
  const page = await readFile(html, "utf8");
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain("s3:GetObject over HTTP by anyone");
});

test("as JSON it is the data of the page, of a scan and a ledger together", async () => {
  const { code, out } = await wardenHere(["report", "--scan", scan, "--ledger", ledger, "--json"]);
  expect(code).toBe(0);
  const { findings, posture, unlooked, work } = JSON.parse(out);
  expect(
    findings.map(({ control, verdict }: Record<string, string>) => `${control} ${verdict}`),
  ).toEqual([
    "ssl-only drift",
    "cors drift",
    "public-policy undecided",
    "access-logging waived",
    "cors unread",
  ]);
  expect(posture).toHaveLength(5);
  expect(unlooked).toHaveLength(2);
  expect(work.days).toHaveLength(90);
  expect(work.days.at(-1).repaired + work.days.at(-1).leftToPeople).toBe(20);
});

test("a ledger alone tells what was seen last", async () => {
  const { out } = await wardenHere(["report", "--ledger", ledger, "--json", "--days", "2"]);
  const { findings, sources, work } = JSON.parse(out);
  expect(findings.length).toBeGreaterThan(10);
  expect(findings[0]).toMatchObject({ verdict: "drift", diff: expect.arrayContaining(["+{"]) });
  expect(sources.join(" ")).toContain("Nothing was looked at now");
  expect(work.days).toHaveLength(2);
});

test("the table of a deployment tells the same, and one that is missing is named", async () => {
  const settings = { endpoint: sandbox().endpoint, region: "eu-west-1" };
  const credentials = { accessKeyId: "warden", secretAccessKey: "any" };
  const client = new DynamoDBClient({ ...settings, credentials });
  await client.send(newTable("ledger"));
  const kept = ledgerIn(createDynamoDbTable({ client, table: "ledger", keepDays: 30 }));
  const saved = entries(3).map((entry) => ({ ...entry, endedAt: new Date().toISOString() }));
  for (const entry of saved) await kept.save(entry);
  const env = {
    AWS_ENDPOINT_URL: settings.endpoint,
    AWS_REGION: settings.region,
    AWS_ACCESS_KEY_ID: "warden",
    AWS_SECRET_ACCESS_KEY: "any",
  };
  const { code, out } = await wardenHere(["report", "--table", "ledger", "--json"], { env });
  expect(code).toBe(0);
  expect(
    JSON.parse(out)
      .work.repairs.map(({ id }: { id: string }) => id)
      .sort(),
  ).toEqual(saved.filter(({ receipts }) => receipts.length > 0).map(({ id }) => id));
  const missing = await wardenHere(["report", "--table", "no-table", "--json"], { env });
  expect(missing.code).toBe(1);
  expect(missing.error).toMatch(/table no-table.*There is no such table/s);
});

test.each([
  { words: [], says: "it is not said what to report on" },
  { words: ["--scan", "nowhere.json"], says: "it cannot be read" },
  { words: ["--ledger", "nowhere"], says: "there is no such folder" },
  { words: ["--ledger", ".", "--table", "t"], says: "cannot be used with" },
  { words: ["--ledger", ".", "--days", "0"], says: "a whole number from 1 to 366" },
])("report $words fails in words", async ({ words, says }) => {
  const { code, error } = await wardenHere(["report", ...words], { cwd: folder });
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining(says) });
});

test("a scan that ends too soon leaves no page, and an older one as it was", async () => {
  const [cut, html] = [join(folder, "cut.json"), join(folder, "kept.html")];
  await writeFile(cut, (await readFile(scan, "utf8")).split("\n").slice(0, 3).join("\n"));
  await writeFile(html, "an older page");
  const { code, error } = await wardenHere(["report", "--scan", cut, "--html", html]);
  expect({ code, error }).toEqual({ code: 1, error: expect.stringContaining("not whole JSON") });
  expect(await readFile(html, "utf8")).toBe("an older page");
  expect(await readdir(folder)).not.toContain("kept.html.part");
});

test("a page that cannot be written is an error with the path", async () => {
  const html = join(folder, "missing", "out.html");
  const { code, error } = await wardenHere(["report", "--scan", scan, "--html", html]);
  expect({ code, error }).toEqual({
    code: 1,
    error: expect.stringContaining("it cannot be written (ENOENT)"),
  });
  expect(error).toContain(html);
});

function newTable(TableName: string): CreateTableCommand {
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" }) as const;
  return new CreateTableCommand({
    TableName,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    AttributeDefinitions: [text("pk"), text("sk")],
  });
}
