import { createReader } from "@bucket-warden/core/aws";
import { hourMilliseconds as hour } from "@bucket-warden/core/kernel";
import { configure } from "@bucket-warden/sandbox";
import { afterAll, beforeEach, expect, test } from "vitest";
import { now, startLogBucket } from "./log-bucket.ts";

const { sandbox, clients, on, deliver, empty, log } = await startLogBucket();
const { account, region, world } = sandbox;
afterAll(() => sandbox.stop());
beforeEach(empty);

async function lastLog(context: { logsAsOf?: number } = { logsAsOf: now }) {
  sandbox.calls.clear();
  const reading = await createReader(clients).read("lastLog", on, context);
  const pages = sandbox.calls.list({ operation: "ListObjectsV2" }).length;
  return { reading: reading.state === "present" ? reading.value : reading.state, pages };
}

const partitioned = (source: string) =>
  `<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>${source}</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat>`;
const own = `access/${account}/${region}/photos/`;

test.each([
  { name: "an hour old", format: "", key: "access/2026-11-21-00-10-00-AB", ago: 1, pages: 1 },
  { name: "a day old", format: "", key: "access/2026-11-20-05-10-00-AB", ago: 20, pages: 2 },
  { name: "days old", format: "", key: "access/2026-11-18-05-10-00-AB", ago: 68, pages: 3 },
  {
    name: "partitioned by delivery",
    format: partitioned("DeliveryTime"),
    key: `${own}2026/11/21/2026-11-21-00-10-00-AB`,
    ago: 1,
    pages: 1,
  },
  {
    name: "partitioned by event, of the evening before",
    format: partitioned("EventTime"),
    key: `${own}2026/11/20/2026-11-20-00-00-00-AB`,
    ago: 1,
    pages: 1,
  },
])("a log file that is $name is found on page $pages", async ({ format, key, ago, pages }) => {
  log(format);
  deliver(key, ago);
  const folder = format === "" ? "access/" : own;
  expect(await lastLog()).toEqual({ reading: { kind: "seen", folder, hours: ago }, pages });
});

test("what is older than a week, no log file, or of another bucket is not taken for one", async () => {
  log();
  deliver("access/2026-11-01-05-10-00-AB", 500);
  deliver("access/readme.txt", 1);
  deliver("other/2026-11-21-00-10-00-AB", 1);
  const nothing = { kind: "none", hours: 168 };
  expect(await lastLog()).toEqual({ reading: { ...nothing, folder: "access/" }, pages: 3 });
  log(partitioned("DeliveryTime"));
  deliver(`access/${account}/${region}/ledger/2026/11/21/2026-11-21-00-10-00-AB`, 1);
  expect(await lastLog()).toEqual({ reading: { ...nothing, folder: own }, pages: 3 });
});

/** More files than one page shows, one every half minute from the hour on. */
function deliverMany(folder: string, from: number, stampOf: (moment: Date) => string): void {
  for (let count = 0; count < 1_500; count += 1) {
    const ago = from - count / 120;
    const moment = new Date(now - ago * hour);
    deliver(`${folder}${stampOf(moment)}-${String(count).padStart(4, "0")}`, ago);
  }
}

test("in a busy bucket that fell silent, the newest file is found behind the first page", async () => {
  log();
  deliverMany("access/", 23, (moment) => moment.toISOString().slice(0, 19).replace(/[T:]/g, "-"));
  deliver("access/2026-11-20-21-20-00-AB", 4.2);
  const { reading, pages } = await lastLog();
  expect(reading).toEqual({ kind: "seen", folder: "access/", hours: 4 });
  expect(pages).toBeLessThan(12);
});

test("files of one day without a time are too many to be sure which is the newest", async () => {
  log(partitioned("EventTime"));
  deliverMany(`${own}2026/11/20/`, 23, () => "2026-11-20-00-00-00");
  const { reading } = await lastLog();
  expect(reading).toEqual({ kind: "seen", folder: own, hours: 14, isAtMost: true });
});

test("nobody looks where nobody asked, and there is nothing where S3 does not log", async () => {
  log();
  expect(await lastLog({})).toEqual({ reading: { kind: "not-asked" }, pages: 0 });
  configure(world, "photos", "logging", undefined);
  expect(await lastLog()).toEqual({ reading: "absent", pages: 0 });
});

test("a log bucket that cannot be listed is said to be, and leaves the facet known", async () => {
  log();
  const end = sandbox.faults.add({ kind: "access-denied", operation: "ListObjectsV2" });
  const why = "AccessDenied: Access Denied";
  expect((await lastLog()).reading).toEqual({ kind: "unreadable", why });
  end();
  world.buckets.delete("logs");
  expect((await lastLog()).reading).toMatchObject({ kind: "unreadable" });
});
