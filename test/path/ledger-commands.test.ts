import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ledgerIn } from "@bucket-warden/core/record";
import { afterAll, expect, test } from "vitest";
import { folderTable } from "../../packages/cli/src/ledger/folder-table.ts";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";
import type { Ended } from "./warden.ts";
import { wardenHere } from "./warden-here.ts";

const stage = await rehearse();
const folder = await mkdtemp(join(tmpdir(), "warden-history-"));
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** Runs the command with what `warden sandbox` prints for the environment. */
function warden(...words: readonly string[]): Promise<Ended> {
  return wardenHere(words, { env: { ...stage.sandbox.environment, NO_COLOR: "1" } });
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
  const unknown = await warden("undo", "nothing", "--reason", "a look");
  const read = await warden("history", bucket, "--ledger", folder);
  expect(unknown.code).toBe(1);
  expect(unknown.error).toContain('there is no ledger entry "nothing"');
  expect(read.out).toContain(`entry  ${entries[0]?.id}`);
});

test("remediate asks the deployed function, and says with its exit code what came of it", async () => {
  const bucket = stage.bucket("asked");
  stage.change(bucket, "versioning", undefined);
  const planned = await warden("remediate", bucket, "--plan");
  expect(planned).toMatchObject({ code: 2, error: "" });
  expect(planned.out).toContain(`${bucket}  PLANNED\n  the versioning, for versioning:`);
  const repaired = await warden("remediate", bucket, "--control", "versioning", "--json");
  expect(repaired).toMatchObject({ code: 0, error: "" });
  const answer: unknown = JSON.parse(repaired.out);
  expect(answer).toMatchObject({
    results: [{ resource: bucket, outcome: { kind: "fixed", controls: ["versioning"] } }],
  });
});
