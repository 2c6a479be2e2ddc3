import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { accountsWith, folderTable } from "./folder-table.ts";

const folder = await mkdtemp(join(tmpdir(), "warden-accounts-"));
afterAll(() => rm(folder, { recursive: true }));

test("a folder knows of which accounts it has a bucket, and of no others", async () => {
  const table = folderTable(folder);
  for (const partition of [
    "bucket#111122223333#photos",
    "bucket#222233334444#photos",
    "bucket#333344445555#photos-old",
    "account#444455556666",
    "task#photos",
  ])
    await table.put({ partition, sort: "states", value: {} });
  expect((await accountsWith(folder, "photos")).toSorted()).toEqual([
    "111122223333",
    "222233334444",
  ]);
  expect(await accountsWith(folder, "invoices")).toEqual([]);
  expect(await accountsWith(join(folder, "nowhere"), "photos")).toEqual([]);
});

test("a name that somebody else chose is no record, and a broken record is named", async () => {
  const table = folderTable(folder);
  await table.put({ partition: "task#broken", sort: "entry", value: {} });
  await writeFile(join(folder, "task%23broken", "100%.json"), "{}");
  await writeFile(join(folder, "task%23broken", "entry.json"), '{"id":');
  await mkdir(join(folder, "bucket%23%E0%A4%A"));
  expect(await accountsWith(folder, "A")).toEqual([]);
  const list = () => Array.fromAsync(table.list("task#broken", { prefix: "", order: "ascending" }));
  await expect(list()).rejects.toThrow(
    "entry.json: it is a record of the ledger, and not the JSON",
  );
  await expect(table.get("task#broken", "entry")).rejects.toThrow("entry.json: ");
});

test("a folder that cannot be one is named", async () => {
  const table = folderTable("x".repeat(20_000));
  await expect(table.get("task#a", "entry")).rejects.toThrow("ENAMETOOLONG");
});
