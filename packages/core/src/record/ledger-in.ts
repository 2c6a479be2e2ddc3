import type { AlarmEntry } from "../model/alarm.ts";
import type { LedgerEntry } from "../model/entry.ts";
import type { FindingStates } from "../model/finding.ts";
import type { ResourceRef } from "../model/ref.ts";
import { accountKey, resourceAt, resourceKey } from "./keys.ts";
import type {
  Archive,
  BeforeImage,
  EarlierDeliveries,
  Ledger,
  Standing,
  Table,
  TableRecord,
  ToldOf,
  WriteBudget,
} from "./ledger.ts";
import { looksIn } from "./looks-in.ts";
import { entryIn, imageIn, pointerIn, waiverIn } from "./shape.ts";
import { surveysIn } from "./surveys-in.ts";

/**
 * The ledger in any table:
 *
 *     task#<id>                entry                       one reconcile
 *     task#<id>                image#<time>#<document>     what a write replaced
 *     alarm#<id>               alarm                       one call against the watcher
 *     bucket#<account>#<name>  states                      what people were told last
 *     bucket#<account>#<name>  entry#<time>#<id>           that there is such an entry
 *     bucket#<account>#<name>  waiver#<id>                 what undoing something left
 *
 *     account#<account>        writes#<day>                how much was written on that day
 *     standing                 bucket#<account>#<name>     what is open on it
 *
 * `account#<account>` and `region#<account>#<name>` have what a bucket has.
 */
export function ledgerIn(table: Table): Ledger & Archive {
  return {
    keepBeforeImage: (image, budget) => keepBeforeImage(table, image, budget),
    earlier: (taskId) => earlierIn(table, taskId),
    save: (entry) => save(table, entry),
    find: (id) => find(table, id),
    entriesOf: (on) => entriesOf(table, on),
    everyEntry: () => everyEntry(table),
    everyState: () => everyState(table),
    // What stands in the table was written by this file, here and below.
    findAlarm: async (id) => (await table.get(alarmKey(id), "alarm")) as AlarmEntry | undefined,
    saveAlarm: (value) =>
      table.put({ partition: alarmKey(value.alarm.id), sort: "alarm", value, at: value.at }),
    findingStates: async (on) =>
      ((await table.get(resourceKey(on), "states")) ?? {}) as FindingStates,
    saveFindingStates: (on, value) =>
      table.put({ partition: resourceKey(on), sort: "states", value }),
    saveStanding: (value, at) => {
      const record = { partition: "standing", sort: resourceKey(value.on), value };
      // Nothing is deleted: what is open on nothing is forgotten soon.
      return table.put(value.open.length > 0 ? record : { ...record, at, days: 1 });
    },
    standing: () => standingIn(table),
    waivers: async (on) => {
      const range = { prefix: waiverPrefix, order: "ascending" } as const;
      const records = await Array.fromAsync(table.list(resourceKey(on), range));
      return records.map(({ sort, value }) => waiverIn(value, sort));
    },
    saveWaiver: (on, value) => {
      const sort = `${waiverPrefix}${value.id}`;
      return table.put({ partition: resourceKey(on), sort, value, at: value.waiver.expires });
    },
    surveys: surveysIn(table),
    looks: looksIn(table),
  };
}

async function* standingIn(table: Table): AsyncIterable<Standing> {
  const all = { prefix: "", order: "ascending" } as const;
  for await (const { value } of table.list("standing", all)) yield value as Standing;
}

/**
 * Both at once, since a write waits for them. Where a delivery stops between a refusal and its note, the
 * before-image says what any does that has no receipt: a delivery stopped around its write.
 */
async function keepBeforeImage(
  table: Table,
  image: BeforeImage,
  budget: WriteBudget | undefined,
): Promise<boolean> {
  const [kept, taken] = await Promise.allSettled([
    table.put(imageRecord(image)),
    budget === undefined || takeWrites(table, budget),
  ]);
  if (taken.status === "rejected") throw taken.reason;
  if (!taken.value) {
    await table.put(imageRecord({ ...image, refused: true }));
    return false;
  }
  if (kept.status === "rejected") throw kept.reason;
  return true;
}

async function takeWrites(table: Table, { account, writes, perDay, at }: WriteBudget) {
  const keys = { partition: accountKey(account), sort: `writes#${at.slice(0, 10)}` };
  const total = await table.add({ ...keys, amount: writes, most: perDay, at, days: 2 });
  return total !== undefined;
}

function imageRecord(image: BeforeImage): TableRecord {
  const { taskId, step, at } = image;
  return { partition: taskKey(taskId), sort: `image#${at}#${step.document}`, value: image, at };
}

async function earlierIn(table: Table, taskId: string): Promise<EarlierDeliveries> {
  const all = { prefix: "", order: "ascending" } as const;
  const records = await Array.fromAsync(table.list(taskKey(taskId), all));
  const entry = records.find(({ sort }) => sort === "entry");
  const images = records.filter(({ sort }) => sort.startsWith("image#"));
  return {
    ...(entry === undefined ? {} : { entry: entryIn(entry.value, taskKey(taskId)) }),
    images: images
      .map(({ sort, value }) => imageIn(value, `${taskKey(taskId)}.${sort}`))
      .filter(({ refused }) => refused !== true),
  };
}

/** The pointer first, so that there is no entry that the history of its resource does not show. */
async function save(table: Table, entry: LedgerEntry): Promise<void> {
  const { id, startedAt, endedAt: at, task } = entry;
  const sort = `${entryPrefix}${startedAt}#${id}`;
  await table.put({ partition: resourceKey(task.ref), sort, value: id, at });
  await table.put({ partition: taskKey(id), sort: "entry", value: entry, at });
}

async function find(table: Table, id: string): Promise<LedgerEntry | undefined> {
  const value = await table.get(taskKey(id), "entry");
  return value === undefined ? undefined : entryIn(value, taskKey(id));
}

async function* entriesOf(table: Table, on: ResourceRef): AsyncIterable<LedgerEntry> {
  const range = { prefix: entryPrefix, order: "descending" } as const;
  for await (const { sort, value } of table.list(resourceKey(on), range)) {
    const entry = await find(table, pointerIn(value, sort));
    // Work that was delivered again has one entry and a pointer from each delivery: the last counts.
    if (entry !== undefined && sort.startsWith(`${entryPrefix}${entry.startedAt}#`)) yield entry;
  }
}

async function* everyEntry(table: Table): AsyncIterable<LedgerEntry> {
  for await (const { value } of table.everywhere("entry")) yield value as LedgerEntry;
}

async function* everyState(table: Table): AsyncIterable<ToldOf> {
  for await (const { partition, value } of table.everywhere("states")) {
    yield { ...resourceAt(partition), states: value as FindingStates };
  }
}

const entryPrefix = "entry#";
const waiverPrefix = "waiver#";

function taskKey(id: string): string {
  return `task#${id}`;
}

function alarmKey(id: string): string {
  return `alarm#${id}`;
}
