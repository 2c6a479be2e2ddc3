import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ledgerIn } from "@bucket-warden/core/record";
import { afterAll, expect, test, vi } from "vitest";
import { folderTable } from "../../packages/cli/src/ledger/folder-table.ts";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";

vi.setConfig({ testTimeout: 30_000 }); // each run of the command is a process of its own

const main = join(import.meta.dirname, "../../packages/cli/bin/warden.mjs");
const stage = await rehearse();
const folder = await mkdtemp(join(tmpdir(), "warden-history-"));
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command with what `warden sandbox` prints for the environment. */
function warden(...words: readonly string[]): Promise<Ended> {
  const env = { ...stage.sandbox.environment, NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], { env }, (failure, out, error) => {
      const code = typeof failure?.code === "number" ? failure.code : failure === null ? 0 : -1;
      resolve({ code, out, error });
    });
  });
}

async function repaired(purpose: string): Promise<string> {
  const bucket = stage.bucket(purpose);
  stage.change(bucket, "versioning", undefined);
  expect(await stage.lookAgain(bucket)).toBe("fixed");
  return bucket;
}

test("history shows what was done with its diff, and undo takes it back", async () => {
  const bucket = await repaired("by-command");
  const shown = await warden("history", bucket);
  expect(shown.error).toBe("");
  expect(shown.out).toContain("FIXED versioning");
  expect(shown.out).toContain("asked for by test: a second look");
  expect(shown.out).toContain('+  "status": "enabled"');
  const entry = /entry {2}(\S+)/.exec(shown.out)?.[1] ?? "";

  const undone = await warden("undo", entry, "--reason", "it breaks", "--by", "bob");
  expect(undone).toMatchObject({ code: 0, error: "" });
  expect(undone.out).toContain(`${bucket}  UNDONE versioning`);
  await stage.deployment.idle();
  expect((await standingOf(stage, bucket)).versioning).toBe("Suspended");

  const { out } = await warden("history", bucket, "--json", "--most", "1");
  const past: unknown = JSON.parse(out);
  expect(past).toMatchObject([{ undo: entry, outcome: { kind: "undone" } }]);
});

test("an unknown entry is named, and history reads a ledger in a folder as well", async () => {
  const bucket = await repaired("folder");
  const { entries } = await memoryOf(stage, bucket);
  const ledger = ledgerIn(folderTable(folder));
  for (const entry of entries) await ledger.save(entry);
  const { account } = stage.sandbox;
  const [unknown, read] = await Promise.all([
    warden("undo", "nothing", "--reason", "a look"),
    warden("history", bucket, "--ledger", folder, "--account", account),
  ]);
  expect(unknown.code).toBe(1);
  expect(unknown.error).toContain('there is no ledger entry "nothing"');
  expect(read.out).toContain(`entry  ${entries[0]?.id}`);
});
