import { expect, test } from "vitest";
import { memoryTable } from "../../../test/ledger/memory-table.ts";
import { bucketCalled, desk, news, usualTopic } from "../../../test/notify/messages.ts";
import { parseBaseline } from "./baseline/index.ts";
import { deliver, deliverNow } from "./deliver.ts";
import type { Clock } from "./kernel/index.ts";
import { parseAccountId, resourceName } from "./model/index.ts";
import { isBulletin, type Mail, type Message, type TopicDestination } from "./notify/index.ts";
import { outboxIn } from "./outbox.ts";

const start = Date.UTC(2026, 10, 20, 10, 59);
const minute = 60_000;

/** An outbox, its carriers, and a clock that tests move on. */
function stage(notifications: object = {}) {
  const time = { now: start };
  const clock: Clock = { now: () => time.now, sleep: async () => {} };
  const table = memoryTable();
  const outbox = outboxIn(table, clock);
  const sent: { readonly to: string; readonly mail: Mail }[] = [];
  const imported: (readonly Message[])[] = [];
  const broken = { topics: new Set<string>(), findings: new Map<Message["id"], string>() };
  const ports = {
    outbox,
    clock,
    traitsOf: async () => ({}),
    carriers: {
      publish: async ({ topic }: TopicDestination, mail: Mail) => {
        const to = topic.split(":").at(-1) ?? "";
        if (broken.topics.has(to)) throw new Error(`${to} is broken`);
        sent.push({ to, mail });
      },
      importFindings: async (messages: readonly Message[]) => {
        imported.push(messages);
        const refused = messages.flatMap((it) => {
          const why = broken.findings.get(it.id);
          return why === undefined ? [] : [[it, why] as const];
        });
        return new Map(refused);
      },
    },
  };
  const baseline = parseBaseline({ notifications }, "test");
  const terms = { notifications: baseline.notifications, topic: usualTopic, desk };
  return {
    table,
    outbox,
    imported,
    broken,
    round: () => deliver(terms, ports),
    now: (message: Message) => deliverNow(message, terms, ports),
    pass: (milliseconds: number) => {
      time.now += milliseconds;
    },
    /** Where what went since the last look. */
    mail: () => sent.splice(0).map(({ to, mail }) => `${to}: ${nameOf(mail)}`),
    at: () => new Date(time.now).toISOString(),
  };
}

function nameOf(mail: Mail): string {
  return isBulletin(mail) ? mail.title : resourceName(mail.on);
}

function about(bucket: string, at: string, more: Partial<Message> = {}): Message {
  const { accountName: _, ...unnamed } = news;
  return { ...unnamed, id: `t-${bucket}`, on: bucketCalled(bucket), at, ...more };
}

const nothing = { sent: 0, waiting: 0, failed: 0, givenUp: 0 };

test("what lies in the outbox is sent once, in order, with commands to type", async () => {
  const on = stage();
  await on.outbox.publish(about("second", "2026-11-20T10:58:01.000Z"));
  await on.outbox.publish(about("first", "2026-11-20T10:58:00.000Z"));
  expect(await on.round()).toEqual({ ...nothing, sent: 2 });
  expect(on.mail()).toEqual(["bucket-warden: first", "bucket-warden: second"]);
  expect(await on.round()).toEqual(nothing);
  expect(on.mail()).toEqual([]);
});

test("the same news of the same work is sent once, also over the turn of the hour", async () => {
  const on = stage();
  await on.outbox.publish(about("aaa", on.at()));
  await on.round();
  on.pass(2 * minute);
  await on.outbox.publish(about("aaa", on.at()));
  await on.round();
  expect(on.mail()).toEqual(["bucket-warden: aaa"]);
  // Other news of the same work is other news.
  await on.outbox.publish(about("aaa", on.at(), { notices: news.notices.slice(1) }));
  await on.round();
  expect(on.mail()).toEqual(["bucket-warden: aaa"]);
});

test("many messages of an account become one, those of another account stay apart", async () => {
  const on = stage({ burst: 3 });
  const buckets = ["a", "b", "c", "d"].map((it) => `${it}${it}${it}`);
  for (const bucket of buckets) await on.outbox.publish(about(bucket, on.at()));
  const other = { ...bucketCalled("other"), account: parseAccountId("444455556666", "test") };
  await on.outbox.publish(about("other", on.at(), { on: other }));
  expect(await on.round()).toEqual({ ...nothing, sent: 2 });
  expect(on.mail()).toEqual([
    "bucket-warden: 8 changes on 4 resources of account 111122223333",
    "bucket-warden: other",
  ]);
  expect(await on.round()).toEqual(nothing);
});

const team = "arn:aws:sns:eu-west-1:111122223333:team";
const routes = [{ name: "repairs", match: { outcomes: ["fixed"] }, to: [{ topic: team }] }];

test("a channel that fails holds up no other, and gets its part once it is back", async () => {
  const on = stage({ routes });
  on.broken.topics.add("team");
  await on.outbox.publish(about("aaa", on.at()));
  expect(await on.round()).toEqual({ ...nothing, sent: 1, failed: 1 });
  expect(on.mail()).toEqual(["bucket-warden: aaa"]);
  on.pass(minute);
  expect(await on.round()).toEqual({ ...nothing, failed: 1 });
  const [note] = await on.outbox.notesSince("2026-11-20T10:00:00.000Z");
  expect(note?.failures).toEqual([
    { to: `${team} warden `, since: "2026-11-20T10:59:00.000Z", error: "Error: team is broken" },
  ]);
  on.broken.topics.clear();
  expect(await on.round()).toEqual({ ...nothing, sent: 1 });
  expect(on.mail()).toEqual(["team: aaa"]);
  expect(await on.round()).toEqual(nothing);
});

test("after a day of failures a message is given up, kept whole, and not sent later", async () => {
  const on = stage();
  on.broken.topics.add("bucket-warden");
  await on.outbox.publish(about("aaa", on.at()));
  await on.round();
  on.pass(24 * 60 * minute);
  expect(await on.round()).toEqual({ ...nothing, givenUp: 1 });
  on.broken.topics.clear();
  expect(await on.round()).toEqual(nothing);
  expect(on.mail()).toEqual([]);
  const [kept] = on.table.records().filter(({ sort }) => sort.startsWith("t-aaa#"));
  expect(kept?.value).toMatchObject({ state: "settled", message: { id: "t-aaa" } });
});

test("a channel that is down is not tried with everything", async () => {
  const on = stage({ burst: 100 });
  on.broken.topics.add("bucket-warden");
  const buckets = Array.from({ length: 20 }, (_, index) => `bucket-${index}`);
  for (const bucket of buckets) await on.outbox.publish(about(bucket, on.at()));
  expect(await on.round()).toEqual({ ...nothing, failed: 20 });
  on.broken.topics.clear();
  expect(await on.round()).toEqual({ ...nothing, sent: 20 });
});

test("in quiet hours news wait, however long, and come in the morning", async () => {
  const on = stage({ quietHours: { from: "10:30", to: "18:00" } });
  await on.outbox.publish(about("aaa", on.at()));
  for (let hour = 0; hour < 7; hour += 1) {
    expect(await on.round()).toEqual({ ...nothing, waiting: 1 });
    on.pass(60 * minute);
  }
  expect(await on.round()).toEqual({ ...nothing, waiting: 1 });
  on.pass(minute);
  expect(await on.round()).toEqual({ ...nothing, sent: 1 });
  expect(on.mail()).toEqual(["bucket-warden: aaa"]);
});

test("what lay there before the first round ever is found", async () => {
  const on = stage();
  await on.outbox.publish(about("aaa", on.at()));
  on.pass(20 * 60 * minute);
  expect(await on.round()).toEqual({ ...nothing, sent: 1 });
});

test("Security Hub gets the findings of an account together; what it refuses is tried again", async () => {
  const on = stage({ securityHub: true, burst: 1 });
  await on.outbox.publish(about("aaa", on.at()));
  await on.outbox.publish(about("bbb", on.at()));
  on.broken.findings.set("t-bbb", "InvalidInput: no");
  // One burst to the topic, one finding.
  expect(await on.round()).toEqual({ ...nothing, sent: 2, failed: 1 });
  expect(on.imported.map((all) => all.map(({ id }) => id))).toEqual([["t-aaa", "t-bbb"]]);
  on.broken.findings.clear();
  expect(await on.round()).toEqual({ ...nothing, sent: 1 });
  expect(on.imported[1]?.map(({ id }) => id)).toEqual(["t-bbb"]);
});

test("what was sent at once goes only where it was not", async () => {
  const on = stage({ securityHub: true });
  const message = about("aaa", on.at());
  await on.outbox.publishRest(message, await on.now(message));
  expect(on.mail()).toEqual(["bucket-warden: aaa"]);
  await on.round();
  expect(on.mail()).toEqual([]);
  expect(on.imported).toHaveLength(1);
  expect(await on.round()).toEqual(nothing);
});

test("sending at once tries every topic before it fails", async () => {
  const on = stage({ routes });
  on.broken.topics.add("bucket-warden");
  await expect(on.now(about("aaa", on.at()))).rejects.toThrow("bucket-warden is broken");
  expect(on.mail()).toEqual(["team: aaa"]);
});

test("what is settled is small, and tells how long a repair took", async () => {
  const on = stage();
  await on.outbox.publish(about("aaa", "2026-11-20T10:15:09.000Z"));
  await on.round();
  expect(await on.outbox.notesSince("2026-11-20T10:00:00.000Z")).toEqual([
    {
      at: "2026-11-20T10:15:09.000Z",
      account: "111122223333",
      resource: "aaa",
      news: [
        { kind: "flagged", control: "ssl-only" },
        { kind: "fixed", control: "versioning" },
      ],
      repairMilliseconds: 9_000,
      failures: [],
    },
  ]);
  const sizes = on.table.records().map((it) => JSON.stringify(it.value).length);
  expect(Math.max(...sizes)).toBeLessThan(400);
});
