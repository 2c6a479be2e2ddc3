import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ledgerIn } from "@bucket-warden/core/record";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { folderTable } from "../../packages/cli/src/ledger/folder-table.ts";
import { run } from "../../packages/cli/src/program.ts";
import { hostileTexts } from "../arbitraries/hostile.ts";
import { requirePrintable } from "../fuzz/door.ts";
import { bucketCalled } from "../notify/messages.ts";

const folder = await mkdtemp(join(tmpdir(), "warden-hostile-"));
afterAll(() => rm(folder, { recursive: true }));

let written = "";
beforeEach(() => {
  written = "";
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      written += text;
      return true;
    });
  }
});

/** The lines that a command prints, on whichever stream. */
async function linesOf(...words: readonly string[]): Promise<readonly string[]> {
  const code = await run(words);
  expect([0, 1, 2, 3]).toContain(code);
  const lines = written.split("\n");
  for (const line of lines) requirePrintable(line.replaceAll("\t", " "));
  return lines;
}

test.each(hostileTexts)(
  "a word that $name is told in one safe line when it is wrong",
  async ({ text }) => {
    for (const words of [
      [text],
      ["history", text, "--ledger", folder],
      ["history", "invoices", "--ledger", folder, "--account", text],
      ["baseline", "show", "--bucket", text],
      ["baseline", "check", text],
      ["policy", "check", text, "--guarantee", text, "--bucket", text],
      ["replay", text],
      ["replay", folder, "--own", text],
      ["controls", text],
    ]) {
      await linesOf(...words);
    }
  },
);

test("records of CloudTrail print no line of their own", async () => {
  const logs = join(folder, "logs");
  await mkdir(logs);
  const records = hostileTexts.map(({ text }, index) => ({
    eventSource: "s3.amazonaws.com",
    eventName: index % 2 === 0 ? "PutBucketPolicy" : text.slice(0, 200),
    eventID: `e-${index}`,
    awsRegion: "eu-west-1",
    recipientAccountId: "111122223333",
    userAgent: text,
    requestParameters: { bucketName: index % 3 === 0 ? "invoices" : text },
  }));
  await writeFile(join(logs, "a.json"), JSON.stringify({ Records: records }));
  const people = await linesOf("replay", logs);
  expect(people.length).toBeLessThan(records.length + 20);
  written = "";
  const [json = ""] = await linesOf("replay", logs, "--json");
  expect(JSON.parse(json).records).toBe(records.length);
});

test.each(hostileTexts)(
  "an entry of the ledger with a text that $name forges no other",
  async ({ text }) => {
    const ledger = ledgerIn(folderTable(join(folder, "ledger")));
    const on = bucketCalled("invoices");
    const at = "2026-11-21T10:15:00.000Z";
    const step = {
      document: "policy",
      on,
      controls: ["ssl-only"],
      before: { state: "absent" },
      after: { text },
    } as const;
    const held = {
      control: "cors",
      kind: "flagged",
      why: text,
      next: text,
      impact: [text],
    } as const;
    const actor = { arn: text, type: text };
    await ledger.save({
      id: "t-1",
      task: {
        id: "t-1",
        ref: on,
        cause: { kind: "event", eventName: text, eventId: "e", eventTime: text, actor },
        mode: "apply",
        touches: "all",
      },
      startedAt: at,
      endedAt: at,
      findings: [],
      plan: { on, basedOn: {}, steps: [step], held: [held] },
      receipts: [{ kind: "written", step, at }],
      outcome: { kind: "fixed", controls: ["ssl-only"] },
      announced: true,
      pending: [],
    });
    const lines = await linesOf("history", "invoices", "--ledger", join(folder, "ledger"));
    const entries = lines.filter((line) => line.startsWith("  entry  "));
    expect(entries).toEqual(["  entry  t-1"]);
    written = "";
    const [json = ""] = await linesOf(
      "history",
      "invoices",
      "--ledger",
      join(folder, "ledger"),
      "--json",
    );
    expect(JSON.parse(json)[0].cause.actor.arn).toBe(text);
  },
);
