import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { createDynamoDbTable } from "@bucket-warden/core/aws";
import type { Waiver } from "@bucket-warden/core/baseline";
import {
  type Alarm,
  absent,
  type LedgerEntry,
  type PlanStep,
  parseAccountId,
  parseBucketName,
  parseRegion,
  type ResourceRef,
} from "@bucket-warden/core/model";
import {
  type Archive,
  type BeforeImage,
  type Ledger,
  type Looks,
  ledgerIn,
  type Sweeps,
  sweepsIn,
  type Table,
  type ToldOf,
} from "@bucket-warden/core/record";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { folderTable } from "../../packages/cli/src/ledger/folder-table.ts";
import { memoryTable } from "../ledger/memory-table.ts";
import { sandboxForTests, settingsFor } from "./sandbox-clients.ts";

sandboxForTests();
const root = await mkdtemp(join(tmpdir(), "warden-ledger-"));
afterAll(() => rm(root, { recursive: true }));

const place = {
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};
const bucket = bucketCalled("invoices");
const others: readonly ResourceRef[] = [
  bucketCalled("invoices-2"),
  { kind: "account", ...place },
  { kind: "region", ...place },
];

const step: PlanStep = {
  document: "policy",
  on: bucket,
  controls: ["ssl-only"],
  before: absent,
  after: { text: '{"a":"é\\u0000"}' },
};

const waiver: Waiver = {
  accounts: ["111122223333"],
  buckets: ["waived"],
  controls: ["ssl-only"],
  reason: "undone",
  approver: "bob",
  approved: "2026-11-20T10:15:00.000Z",
  expires: "2026-11-21T10:15:00.000Z",
};

const alarm: Alarm = {
  id: "call/with: odd? characters#*",
  on: { kind: "region", ...place },
  cause: {
    kind: "event",
    eventName: "StopLogging",
    eventId: "e-1",
    eventTime: "2026-11-20T10:15:00Z",
    actor: { arn: "arn:aws:iam::111122223333:user/mallory", type: "IAMUser" },
  },
  service: "cloudtrail",
  means: "nothing is heard",
  undo: "start it again",
  byOwnRole: false,
};

const stores: readonly { readonly store: string; readonly open: () => Promise<Table> }[] = [
  { store: "DynamoDB", open: async () => dynamoDbTable() },
  { store: "a folder", open: async () => folderTable(join(root, "ledger")) },
];

describe.each(stores)("the ledger in $store", ({ open }) => {
  let ledger: Ledger & Archive;
  beforeAll(async () => {
    ledger = ledgerIn(await open());
  });

  test("knows nothing at first", async () => {
    expect(await ledger.find("none")).toBeUndefined();
    expect(await ledger.earlier("none")).toEqual({ images: [] });
    expect(await ledger.findAlarm("none")).toBeUndefined();
    expect(await ledger.findingStates(bucket)).toEqual({});
    expect(await historyOf(ledger, bucket)).toEqual([]);
  });

  test("gives the before-images of a task back in the order of time, and its entry", async () => {
    const images = ["2026-11-20T10:15:02.000Z", "2026-11-20T10:15:01.000Z"].map(
      (at): BeforeImage => ({ taskId: "t-1", step, at }),
    );
    for (const image of images) await ledger.keepBeforeImage(image);
    await ledger.keepBeforeImage({ taskId: "t-10", step, at: "2026-11-20T10:15:00.000Z" });
    expect(await ledger.earlier("t-1")).toEqual({ images: images.toReversed() });
    const entry = entryOf("t-1", "2026-11-20T10:15:00.000Z");
    await ledger.save(entry);
    expect(await ledger.earlier("t-1")).toEqual({ entry, images: images.toReversed() });
    expect(await ledger.find("t-1")).toEqual(entry);
  });

  test("takes writes out of the budget of the day with a before-image, all or none", async () => {
    const [at, next] = ["2026-11-20T23:59:59.000Z", "2026-11-21T00:00:00.000Z"];
    const account = parseAccountId("777788889999", "test");
    const image: BeforeImage = { taskId: "b-1", step, at };
    const take = (writes: number, time = at, taskId = "b-1") =>
      ledger.keepBeforeImage({ ...image, taskId }, { account, writes, perDay: 3, at: time });
    expect(await take(2)).toBe(true);
    expect(await take(2, at, "b-2")).toBe(false);
    // It was stored before anybody knew, and is the before-image of no write.
    expect(await ledger.earlier("b-2")).toEqual({ images: [] });
    expect(await take(1)).toBe(true);
    expect(await take(1, at, "b-3")).toBe(false);
    expect(await take(3, next)).toBe(true);
    expect(await ledger.keepBeforeImage({ ...image, at: next })).toBe(true);
    expect(await ledger.earlier("b-1")).toEqual({ images: [image, { ...image, at: next }] });
  });

  test("gives the entries of a resource back, newest first, each once", async () => {
    const on = bucketCalled("history");
    const times = ["2026-11-20T10:00:00.000Z", "2026-11-21T10:00:00.000Z"];
    const entries = times.map((at, index) => entryOf(`h-${index}`, at, on));
    for (const entry of entries) await ledger.save(entry);
    await ledger.save(entryOf("elsewhere", "2026-11-22T10:00:00.000Z", bucketCalled("history-2")));
    const [older, newer] = entries;
    expect(await historyOf(ledger, on)).toEqual([newer, older]);
    // The same work delivered again becomes the newest.
    const again = entryOf("h-0", "2026-11-23T10:00:00.000Z", on);
    await ledger.save({ ...again, announced: false });
    await ledger.save(again);
    expect(await historyOf(ledger, on)).toEqual([again, newer]);
  });

  test("gives a long history back to its end", async () => {
    const on = bucketCalled("long-history");
    const times = Array.from({ length: 30 }, (_, day) => new Date(Date.UTC(2026, 8, 1 + day)));
    for (const [index, time] of times.entries()) {
      const entry = entryOf(`long-${index}`, time.toISOString(), on);
      await ledger.save({ ...entry, pending: ["x".repeat(60_000)] });
    }
    const found = await historyOf(ledger, on);
    expect(found.map(({ id }) => id)).toEqual(times.map((_, index) => `long-${29 - index}`));
  });

  test("keeps what people were told of each resource apart, and the last word of it", async () => {
    const told = { "ssl-only": { kind: "drift", print: "a" } } as const;
    await ledger.saveFindingStates(bucket, { versioning: { kind: "drift", print: "old" } });
    await ledger.saveFindingStates(bucket, told);
    for (const on of others) {
      expect(await ledger.findingStates(on)).toEqual({});
      expect(await historyOf(ledger, on)).toEqual([]);
    }
    expect(await ledger.findingStates(bucket)).toEqual(told);
  });

  test("keeps waivers of a resource, each with its last word", async () => {
    const on = bucketCalled("waived");
    const pinned = ["w-1", "w-2"].map((id) => ({ id, waiver: { ...waiver, reason: id } }));
    for (const it of pinned) await ledger.saveWaiver(on, it);
    expect(await ledger.waivers(on)).toEqual(pinned);
    const [first, second] = pinned;
    const over = { id: "w-1", waiver: { ...waiver, expires: waiver.approved } };
    await ledger.saveWaiver(on, over);
    expect(await ledger.waivers(on)).toEqual([over, second]);
    expect(first).not.toEqual(over);
    expect(await ledger.waivers(bucket)).toEqual([]);
    expect(await ledger.findingStates(on)).toEqual({});
  });

  test("gives everything back for a report, and nothing of another kind", async () => {
    const entries = await Array.fromAsync(ledger.everyEntry());
    const ids = entries.map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith("long-"))).toHaveLength(30);
    expect(ids.filter((id) => id === "h-0")).toEqual(["h-0"]);
    expect(entries.find(({ id }) => id === "h-1")).toEqual(await ledger.find("h-1"));
    const print = { "trail-health": { kind: "unread", print: "p" } } as const;
    for (const on of others) await ledger.saveFindingStates(on, print);
    const told = await Array.fromAsync(ledger.everyState());
    const account = place.account;
    expect(
      told
        .filter(({ states }) => "trail-health" in states)
        .map(nameOf)
        .sort(),
    ).toEqual([
      `account account ${account}`,
      "bucket invoices-2",
      `region account ${account} in eu-west-1`,
    ]);
    expect(told.find(({ name }) => name === "invoices-2")).toEqual({
      kind: "bucket",
      account,
      name: "invoices-2",
      states: print,
    });
  });

  test("keeps alarms, whatever their ids are made of", async () => {
    const entry = { alarm, at: "2026-11-20T10:16:00.000Z", announced: false };
    await ledger.saveAlarm(entry);
    await ledger.saveAlarm({ ...entry, announced: true });
    expect(await ledger.findAlarm(alarm.id)).toEqual({ ...entry, announced: true });
  });
});

function nameOf({ kind, name }: ToldOf): string {
  return `${kind} ${name}`;
}

describe.each(stores)("the surveys of sweeps in $store", ({ open }) => {
  const at = "2026-11-20T10:15:00.000Z";
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = ledgerIn(await open());
  });

  /** What came of a look at one of three buckets. */
  function note(sweepId: string, name: string, writes: boolean) {
    const sweep = { account: place.account, sweepId };
    return ledger.surveys.note({ sweep, on: bucketCalled(name), writes, at });
  }

  function expected(sweepId: string) {
    return ledger.surveys.expect({ account: place.account, sweepId }, { looks: 3, skipped: 0 }, at);
  }

  test("wait until it is known how many there are, however soon these were looked at", async () => {
    for (const name of ["one", "two", "three"]) {
      expect(await note("s-0", name, name === "two")).toBeUndefined();
    }
    const all = await expected("s-0");
    expect(all).toMatchObject({ writers: [bucketCalled("two")], writes: 1, of: 3 });
    expect(await expected("s-0")).toEqual(all);
    if (all !== undefined) await ledger.surveys.close(all, at);
    expect(await expected("s-0")).toBeUndefined();
  });

  test("give what would be written once every bucket was looked at, however often", async () => {
    expect(await expected("s-1")).toBeUndefined();
    expect(await note("s-1", "one", true)).toBeUndefined();
    expect(await note("s-1", "one", true)).toBeUndefined();
    expect(await note("s-2", "two", true)).toBeUndefined();
    expect(await note("s-1", "two", false)).toBeUndefined();
    const all = {
      sweep: { account: place.account, sweepId: "s-1" },
      writers: [bucketCalled("one"), bucketCalled("three")],
      writes: 2,
      of: 3,
    };
    expect(await note("s-1", "three", true)).toEqual(all);
    // Nobody knows whether it was set going, so it is given again.
    expect(await note("s-1", "three", true)).toEqual(all);
    await ledger.surveys.close(all, at);
    expect(await note("s-1", "three", false)).toBeUndefined();
  });

  test("see a bucket as it was last, and one that comes late as large as the others", async () => {
    await expected("s-3");
    await note("s-3", "one", false);
    await note("s-3", "one", true);
    await note("s-3", "two", true);
    const all = await note("s-3", "three", false);
    expect(all?.writers).toEqual([bucketCalled("one"), bucketCalled("two")]);
    if (all !== undefined) await ledger.surveys.close(all, at);
    const late = await note("s-3", "three", true);
    expect(late).toEqual({ ...all, writers: [bucketCalled("three")] });
  });

  test("count what is left out as looked at, where nothing would be written", async () => {
    const sweep = { account: place.account, sweepId: "s-7" };
    const extent = { looks: 1, skipped: 9 };
    expect(await ledger.surveys.expect(sweep, extent, at)).toBeUndefined();
    const all = await note("s-7", "one", true);
    expect(all).toEqual({ sweep, writers: [bucketCalled("one")], writes: 1, of: 10 });
    if (all !== undefined) await ledger.surveys.close(all, at);
    expect(await note("s-7", "late", true)).toMatchObject({ writes: 1, of: 10 });
    const none = { ...sweep, sweepId: "s-8" };
    const left = await ledger.surveys.expect(none, { looks: 0, skipped: 4 }, at);
    expect(left).toEqual({ sweep: none, writers: [], writes: 0, of: 4 });
  });

  test("that never ended are ended by the next sweep of the account, of what was seen", async () => {
    const account = parseAccountId("444455556666", "test");
    const begin = (sweepId: string) => ledger.surveys.begin({ account, sweepId }, at);
    const look = { on: { ...bucketCalled("one"), account }, writes: true, at };
    expect(await begin("s-4")).toBeUndefined();
    await ledger.surveys.note({ ...look, sweep: { account, sweepId: "s-4" } });
    expect(await begin("s-4")).toBeUndefined();
    const left = await begin("s-5");
    const sweep = { account, sweepId: "s-4" };
    expect(left).toEqual({ sweep, writers: [look.on], writes: 1, of: 1 });
    if (left !== undefined) await ledger.surveys.close(left, at);
    expect(await begin("s-6")).toMatchObject({ sweep: { sweepId: "s-5" }, writes: 0, of: 0 });
  });
});

const allStores = [...stores, { store: "memory", open: async () => memoryTable() }];

describe.each(allStores)("what sweeps know from before in $store", ({ open }) => {
  const at = "2026-11-20T10:15:00.000Z";
  const later = "2026-11-20T11:15:00.000Z";
  const look = { startedAt: at, print: "p", unheard: ["lastLog"] } as const;
  let looks: Looks;
  beforeAll(async () => {
    ({ looks } = ledgerIn(await open()));
  });
  const names = (...some: readonly string[]) => some.map((name) => parseBucketName(name, "test"));

  test("is nothing at first, nor of no buckets", async () => {
    expect(await looks.of(place.account, names("abc"))).toEqual(new Map());
    expect(await looks.of(place.account, [])).toEqual(new Map());
  });

  test("is the last look and the last change of each, whichever came first", async () => {
    await looks.settled(bucketCalled("abc"), { ...look, startedAt: "2026-11-19T10:15:00.000Z" });
    await looks.settled(bucketCalled("abc"), look);
    await looks.changed(bucketCalled("abc"), later);
    await looks.changed(bucketCalled("abc-d"), at);
    await looks.settled(bucketCalled("abc.e"), { ...look, until: later });
    const { region } = place;
    const known = await looks.of(place.account, names("abc.e", "abc", "abc-d", "abd"));
    expect(Object.fromEntries(known)).toEqual({
      abc: { look: { ...look, region }, changedAt: later },
      "abc-d": { changedAt: at },
      "abc.e": { look: { ...look, region, until: later } },
    });
  });

  test("is until when events were missing, by Region and account", async () => {
    const at = { kind: "region", ...place } as const;
    await looks.missed(at, look.startedAt);
    await looks.missed(at, later);
    await looks.missed({ ...at, account: other }, look.startedAt);
    expect([...(await looks.missedIn(place.account))]).toEqual([[place.region, later]]);
  });

  test("is of the asked account and names, as far as these are in a row", async () => {
    await looks.settled({ ...bucketCalled("mine"), account: other }, look);
    await looks.settled(bucketCalled("aaa"), look);
    expect([...(await looks.of(place.account, names("mine")))]).toEqual([]);
    expect([...(await looks.of(other, names("mine"))).keys()]).toEqual(["mine"]);
    expect([...(await looks.of(place.account, names("abc", "abc-d"))).keys()]).toEqual([
      "abc",
      "abc-d",
    ]);
  });

  const other = parseAccountId("444455556666", "test");
});

describe.each(stores)("the sweeps of an account in $store", ({ open }) => {
  const [now, later, end] = ["10:00", "10:30", "11:00"].map((it) => `2026-11-20T${it}:00.000Z`);
  if (now === undefined || later === undefined || end === undefined) throw new Error("three times");
  let sweeps: Sweeps;
  let account = place.account;
  let tests = 0;
  beforeEach(async () => {
    tests += 1;
    account = parseAccountId(String(tests).padStart(12, "9"), "test");
    sweeps = sweepsIn(await open());
  });
  const take = (sweepId: string, at = now) => sweeps.take({ account, sweepId }, { at, until: end });

  test("never overlap: of many that begin at once, one does", async () => {
    const taken = await Promise.all(["s-1", "s-2", "s-3", "s-4"].map((id) => take(id)));
    const [first, ...others] = taken.filter(({ kind }) => kind === "taken");
    expect({ first: first?.kind, others }).toEqual({ first: "taken", others: [] });
    const last = await sweeps.last(account);
    for (const it of taken) if (it.kind === "held") expect(it.by).toEqual(last);
  });

  test("go on where they are delivered again, and leave the next one out until they end", async () => {
    const begun = await take("s-1");
    expect(await take("s-1", later)).toEqual(begun);
    expect(await take("s-2", later)).toMatchObject({ kind: "held", by: { sweepId: "s-1" } });
    if (begun.kind !== "taken") throw new Error("nobody else was there");
    await sweeps.note(account, { ...begun.run, at: later, queued: 7, endedAt: later });
    const run = { startedAt: later, before: now };
    expect(await take("s-2", later)).toMatchObject({ kind: "taken", run });
    // What ended is told no more by whoever comes late.
    await sweeps.note(account, { ...begun.run, queued: 99 });
    expect(await sweeps.last(account)).toMatchObject({ sweepId: "s-2", queued: 0 });
  });

  test("end by themselves where nobody heard of them for too long", async () => {
    await take("s-1");
    expect(await take("s-2", end)).toMatchObject({ kind: "taken" });
  });
});

describe.each(stores)("the table in $store", ({ open }) => {
  const at = "2026-11-20T10:15:00.000Z";
  let table: Table;
  beforeAll(async () => {
    table = await open();
  });

  test("puts a new record once, however many try at once", async () => {
    const record = { partition: "new#1", sort: "claim", at };
    const tries = Array.from({ length: 8 }, (_, value) => table.putNew({ ...record, value }));
    const done = await Promise.all(tries);
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await table.get("new#1", "claim")).toBe(done.indexOf(true));
    expect(await table.putNew({ ...record, sort: "other", value: 9 })).toBe(true);
    await table.put({ ...record, value: "put" });
    expect(await table.putNew({ ...record, value: 10 })).toBe(false);
    expect(await table.get("new#1", "claim")).toBe("put");
  });

  test("counts every addition, however many come at once", async () => {
    const addition = { partition: "count#1", sort: "n", at, days: 2 };
    const totals = await Promise.all(
      Array.from({ length: 12 }, () => table.add({ ...addition, amount: 1 })),
    );
    expect(totals.sort((a, b) => Number(a) - Number(b))).toEqual(totals.map((_, n) => n + 1));
    expect(await table.add({ ...addition, amount: 0 })).toBe(12);
    expect(await table.add({ ...addition, sort: "m", amount: 3 })).toBe(3);
  });

  test("never counts beyond the most that is allowed", async () => {
    const addition = { partition: "count#2", sort: "n", at, days: 2, most: 5 };
    const totals = await Promise.all(
      Array.from({ length: 9 }, () => table.add({ ...addition, amount: 2 })),
    );
    expect(totals.filter((it) => it !== undefined).sort()).toEqual([2, 4]);
    expect(await table.add({ ...addition, amount: 1 })).toBe(5);
    expect(await table.add({ ...addition, amount: 1 })).toBeUndefined();
    expect(await table.add({ ...addition, amount: 0 })).toBe(5);
    expect(await table.add({ ...addition, sort: "fresh", amount: 6 })).toBeUndefined();
    expect(await table.add({ ...addition, sort: "fresh", amount: 0 })).toBe(0);
  });
});

test("DynamoDB is told when it may forget, except what people were told", async () => {
  const ledger = ledgerIn(await dynamoDbTable());
  await ledger.save(entryOf("t-2", "2026-11-20T10:15:00.000Z"));
  await ledger.saveFindingStates(bucket, {});
  const item = async (pk: string, sk: string) => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    return (await dynamodb().send(new GetItemCommand({ TableName: "ledger", Key }))).Item;
  };
  const seconds = Date.UTC(2026, 10, 20 + 30, 10, 15) / 1_000;
  expect((await item("task#t-2", "entry"))?.["expires"]).toEqual({ N: String(seconds) });
  const pointer = await item("bucket#111122223333#invoices", "entry#2026-11-20T10:15:00.000Z#t-2");
  expect(pointer?.["expires"]).toEqual({ N: String(seconds) });
  expect(await item("bucket#111122223333#invoices", "states")).not.toHaveProperty("expires");
  const short = { partition: "short", at: "2026-11-20T10:15:00.000Z", days: 2 };
  const table = await dynamoDbTable();
  await table.put({ ...short, sort: "record", value: 1 });
  await table.add({ ...short, sort: "counter", amount: 1 });
  const soon = { N: String(Date.UTC(2026, 10, 22, 10, 15) / 1_000) };
  expect((await item("short", "record"))?.["expires"]).toEqual(soon);
  expect((await item("short", "counter"))?.["expires"]).toEqual(soon);
});

test("a folder holds a readable file for each record, and half-written ones do not count", async () => {
  const folder = join(root, "readable");
  const ledger = ledgerIn(folderTable(folder));
  await ledger.save(entryOf("t-3", "2026-11-20T10:15:00.000Z"));
  expect((await readdir(folder)).sort()).toEqual([
    "bucket%23111122223333%23invoices",
    "task%23t-3",
  ]);
  const history = join(folder, "bucket%23111122223333%23invoices");
  await writeFile(join(history, "0.draft"), '{"half');
  expect((await historyOf(ledger, bucket)).map(({ id }) => id)).toEqual(["t-3"]);
});

test("a record of a folder that is no JSON is an error, not a missing record", async () => {
  const folder = join(root, "broken");
  const ledger = ledgerIn(folderTable(folder));
  await ledger.save(entryOf("t-4", "2026-11-20T10:15:00.000Z"));
  await writeFile(join(folder, "task%23t-4", "entry.json"), '{"id":');
  await expect(ledger.find("t-4")).rejects.toThrow("JSON");
  await expect(historyOf(ledger, bucket)).rejects.toThrow("JSON");
});

function dynamodb(): DynamoDBClient {
  return new DynamoDBClient(settingsFor("warden"));
}

let made: Promise<unknown> | undefined;

async function dynamoDbTable(): Promise<Table> {
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" }) as const;
  made ??= dynamodb().send(
    new CreateTableCommand({
      TableName: "ledger",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [text("pk"), text("sk")],
    }),
  );
  await made;
  return createDynamoDbTable({ client: dynamodb(), table: "ledger", keepDays: 30 });
}

function historyOf(ledger: Ledger, on: ResourceRef): Promise<readonly LedgerEntry[]> {
  return Array.fromAsync(ledger.entriesOf(on));
}

function bucketCalled(name: string) {
  return { kind: "bucket", name: parseBucketName(name, "test"), ...place } as const;
}

function entryOf(id: string, at: string, on: ResourceRef = bucket): LedgerEntry {
  return {
    id,
    task: { id, ref: on, cause: { kind: "sweep", sweepId: "s-1" }, mode: "apply", touches: "all" },
    startedAt: at,
    endedAt: at,
    findings: [],
    plan: { on, basedOn: {}, steps: [], held: [] },
    receipts: [{ kind: "written", step, at }],
    outcome: { kind: "fixed", controls: ["ssl-only"] },
    announced: true,
    pending: [],
  };
}
