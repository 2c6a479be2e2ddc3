import { mkdtemp, rm } from "node:fs/promises";
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
