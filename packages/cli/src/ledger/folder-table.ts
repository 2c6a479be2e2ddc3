import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError, parseJson, whyNoJson } from "@bucket-warden/core/kernel";
import { parseAccountId, parseBucketName } from "@bucket-warden/core/model";
import type { Addition, Table, TableRecord } from "@bucket-warden/core/record";

/**
 * A ledger on this machine: a folder for each partition, a JSON file for each record, named after
 * their keys. A counter has a file for each addition. Nothing in it is ever deleted.
 */
export function folderTable(root: string): Table {
  return {
    put: async (record) => {
      const draft = await draftOf(root, record);
      // As a whole or not at all: whoever reads meanwhile sees the old file or the new one.
      await rename(draft, pathOf(root, record));
    },
    putNew: (record) => putNew(root, record),
    add: (addition) => add(root, addition),
    get: (partition, sort) => read(join(folderOf(root, partition), fileOf(sort))),
    async *list(partition, { prefix, order }) {
      const found = await sortsIn(root, partition, (sort) => sort.startsWith(prefix));
      yield* recordsOf(root, partition, order === "ascending" ? found : found.toReversed());
    },
    async *between(partition, { first, last }) {
      const isBetween = (sort: string) => first <= sort && sort <= last;
      yield* recordsOf(root, partition, await sortsIn(root, partition, isBetween));
    },
    async *everywhere(sort) {
      for (const folder of await foldersIn(root)) {
        const value = await read(join(root, folder, fileOf(sort)));
        if (value !== undefined) yield { partition: decodeURIComponent(folder), sort, value };
      }
    },
  };
}

/** The accounts of which a ledger in this folder knows a bucket of that name. */
export async function accountsWith(root: string, bucket: string): Promise<readonly string[]> {
  const known = await bucketsIn(root);
  return known.filter(({ name }) => name === bucket).map(({ account }) => account);
}

/** The buckets that a ledger in this folder knows. */
export async function bucketsIn(root: string) {
  const folders = await foldersIn(root);
  const ours = folders.filter((folder) => folder.startsWith(encodeURIComponent("bucket#")));
  return ours.flatMap((folder) => {
    const [, account, name] = keyIn(folder)?.split("#") ?? [];
    if (account === undefined || name === undefined) return [];
    return [{ account: parseAccountId(account, root), name: parseBucketName(name, root) }];
  });
}

const ending = ".json";

async function putNew(root: string, record: TableRecord): Promise<boolean> {
  const draft = await draftOf(root, record);
  try {
    await link(draft, pathOf(root, record));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    await unlink(draft);
  }
}

async function sortsIn(
  root: string,
  partition: string,
  isMeant: (sort: string) => boolean,
): Promise<readonly string[]> {
  return (await filesIn(folderOf(root, partition))).filter(isMeant).toSorted();
}

async function* recordsOf(
  root: string,
  partition: string,
  sorts: readonly string[],
): AsyncIterable<TableRecord> {
  for (const sort of sorts) {
    yield { partition, sort, value: await read(pathOf(root, { partition, sort })) };
  }
}

/** Each addition is a new file with the total after it; who comes second at one of them tries the next. */
async function add(root: string, { amount, most, ...addition }: Addition) {
  const { partition, sort } = addition;
  const folder = folderOf(root, `${partition}#${sort}`);
  for (;;) {
    const last = (await filesIn(folder)).toSorted().at(-1);
    const held = last === undefined ? 0 : Number(await read(join(folder, fileOf(last))));
    const value = held + amount;
    if (value > (most ?? Number.POSITIVE_INFINITY)) return undefined;
    const next = String(Number(last ?? 0) + 1).padStart(9, "0");
    if (await putNew(root, { partition: `${partition}#${sort}`, sort: next, value })) return value;
  }
}

/** A file with all that the record will hold, in its folder but not yet one of its records. */
async function draftOf(root: string, { partition, value }: TableRecord): Promise<string> {
  const folder = folderOf(root, partition);
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${randomUUID()}.draft`);
  await writeFile(draft, `${JSON.stringify(value)}\n`, { flush: true });
  return draft;
}

const broken = "it is a record of the ledger, and not the JSON that was written there";

async function read(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(undefinedIfMissing);
  if (text === undefined) return undefined;
  try {
    return parseJson(text);
  } catch (cause) {
    throw new InputError({
      place: file,
      problem: whyNoJson(cause, broken),
      remedy: "Restore it from a backup, or move it away: then it counts as never written.",
      cause,
    });
  }
}

/** One for each partition, under the name that it has on disk. */
async function foldersIn(root: string): Promise<readonly string[]> {
  const found = (await readdir(root, { withFileTypes: true }).catch(undefinedIfMissing)) ?? [];
  return found.filter((it) => it.isDirectory()).map(({ name }) => name);
}

/** The sort keys of a partition; what is not a record is left out. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(undefinedIfMissing)) ?? [];
  return names
    .filter((name) => name.endsWith(ending))
    .flatMap((name) => keyIn(name.slice(0, -ending.length)) ?? []);
}

/** The key that a name was made of; undefined for a name that somebody else chose. */
function keyIn(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return;
  throw new InputError({
    place: error.path ?? "the ledger",
    problem: `it cannot be read as a part of a ledger (${error.code ?? error.message})`,
    remedy: "Give the folder of a ledger that you may read.",
    cause: error,
  });
}

function pathOf(
  root: string,
  { partition, sort }: Pick<TableRecord, "partition" | "sort">,
): string {
  return join(folderOf(root, partition), fileOf(sort));
}

function folderOf(root: string, partition: string): string {
  return join(root, encodeURIComponent(partition));
}

/** Keys hold `#` and `:`, which not every file system takes. */
function fileOf(sort: string): string {
  return `${encodeURIComponent(sort)}${ending}`;
}
