import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Table, TableRecord } from "@bucket-warden/core/record";

/**
 * A ledger on this machine: a folder for each partition, a JSON file for each record, named after
 * their keys. Nothing in it is ever deleted.
 */
export function folderTable(root: string): Table {
  return {
    put: (record) => write(root, record),
    get: (partition, sort) => read(join(folderOf(root, partition), fileOf(sort))),
    async *list(partition, { prefix, order }) {
      const folder = folderOf(root, partition);
      const sorts = (await filesIn(folder)).filter((sort) => sort.startsWith(prefix)).sort();
      for (const sort of order === "ascending" ? sorts : sorts.reverse()) {
        yield { partition, sort, value: await read(join(folder, fileOf(sort))) };
      }
    },
  };
}

const ending = ".json";

/** As a whole or not at all: whoever reads meanwhile sees the old file or the new one. */
async function write(root: string, { partition, sort, value }: TableRecord): Promise<void> {
  const folder = folderOf(root, partition);
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${randomUUID()}.draft`);
  await writeFile(draft, `${JSON.stringify(value)}\n`, { flush: true });
  await rename(draft, join(folder, fileOf(sort)));
}

async function read(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(undefinedIfMissing);
  return text === undefined ? undefined : JSON.parse(text);
}

/** The sort keys of a partition; what is not a record is left out. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(undefinedIfMissing)) ?? [];
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => decodeURIComponent(name.slice(0, -ending.length)));
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function folderOf(root: string, partition: string): string {
  return join(root, encodeURIComponent(partition));
}

/** Keys hold `#` and `:`, which not every file system takes. */
function fileOf(sort: string): string {
  return `${encodeURIComponent(sort)}${ending}`;
}
