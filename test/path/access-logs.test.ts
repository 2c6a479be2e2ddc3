import { createAccessLogs } from "@bucket-warden/core/aws";
import { hourMilliseconds as hour } from "@bucket-warden/core/kernel";
import { configure } from "@bucket-warden/sandbox";
import { afterAll, beforeEach, expect, test } from "vitest";
import { now, startLogBucket } from "./log-bucket.ts";

const { sandbox, clients, on, deliver: put, empty, log } = await startLogBucket();
const { account, region, world } = sandbox;
afterAll(() => sandbox.stop());
beforeEach(() => {
  empty();
  log();
});

function deliver(hoursAgo: number, text: string, key = keyOf(hoursAgo)): void {
  put(key, hoursAgo, text);
}

function keyOf(hoursAgo: number, folder = "access/"): string {
  const moment = new Date(now - hoursAgo * hour).toISOString();
  return `${folder}${moment.slice(0, 19).replace(/[T:]/g, "-")}-AB`;
}

async function recent(limits: Parameters<typeof createAccessLogs>[1] = {}) {
  sandbox.calls.clear();
  const logs = await createAccessLogs(clients, limits).recent(on, now);
  const gets = sandbox.calls.list({ operation: "GetObject" }).length;
  if (logs.kind === "unread") return { why: logs.why, gets };
  const texts = logs.files.map(({ text, isWhole }) => (isWhole ? text : `${text}…`));
  return { texts, hours: (now - logs.since) / hour, isSample: logs.isSample, gets };
}

test("all of a quiet week is read, the newest first, and nothing that is older", async () => {
  for (const [ago, text] of [
    [200, "old"],
    [100, "a"],
    [20, "b"],
    [1, "c"],
  ] as const)
    deliver(ago, text);
  deliver(1, "no log", "access/readme.txt");
  const texts = ["c", "b", "a"];
  expect(await recent()).toEqual({ texts, hours: 100, isSample: false, gets: 3 });
});

test("files that are partitioned by bucket are found as well", async () => {
  log(
    "<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>DeliveryTime</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat>",
  );
  const folder = `access/${account}/${region}/photos/2026/11/21/`;
  deliver(1, "mine", keyOf(1, folder));
  deliver(1, "another's", keyOf(1, folder.replace("photos", "ledger")));
  expect((await recent()).texts).toEqual(["mine"]);
});

test("no more files are read than may be, and the rest is not claimed to be known", async () => {
  for (const ago of [100, 20, 3, 2, 1]) deliver(ago, `${ago}`);
  const texts = ["1", "2"];
  expect(await recent({ mostFiles: 2 })).toEqual({ texts, hours: 2, isSample: false, gets: 2 });
});

test("of a large file only the beginning is read, and of many large ones the newest", async () => {
  for (const ago of [3, 2, 1]) deliver(ago, `${ago}${"x".repeat(99)}`);
  const limits = { bytesOfFile: 10, bytes: 25 };
  const texts = ["1xxxxxxxxx…", "2xxxxxxxxx…"];
  expect(await recent(limits)).toEqual({ texts, hours: 2, isSample: false, gets: 2 });
});

test("of a busy bucket the newest files are read, though the first page does not show them", async () => {
  for (let count = 0; count < 1_500; count += 1) deliver(2.5 - count / 900, `${count}`);
  const { texts, hours, isSample } = await recent({ mostFiles: 3 });
  expect({ texts, isSample }).toEqual({ texts: ["1499", "1498", "1497"], isSample: false });
  expect(hours).toBeLessThan(1);
});

test("files of one day without a time are too many to claim more than a sample", async () => {
  log(
    "<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>EventTime</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat>",
  );
  const day = `access/${account}/${region}/photos/2026/11/20/2026-11-20-00-00-00-`;
  for (let count = 0; count < 1_100; count += 1)
    deliver(20, "x", `${day}${String(count).padStart(4, "0")}`);
  expect(await recent({ mostFiles: 3 })).toMatchObject({ hours: 20, isSample: true, gets: 3 });
});

test.each([
  {
    name: "S3 does not log",
    make: () => configure(world, "photos", "logging", undefined),
    why: "S3 writes no access logs of this bucket to another",
  },
  {
    name: "no log file came",
    make: () => deliver(200, "old"),
    why: "no access log file came below access/ within 7 days",
  },
])("where $name, that is the answer", async ({ make, why }) => {
  make();
  expect(await recent()).toEqual({ why, gets: 0 });
});

test.each(["GetBucketLogging", "ListObjectsV2", "GetObject"])(
  "a denied %s is said, and means nothing else",
  async (operation) => {
    deliver(1, "a");
    const end = sandbox.faults.add({ kind: "access-denied", operation });
    const { why } = await recent();
    end();
    expect(why).toBe("its access logs could not be read (AccessDenied: Access Denied)");
  },
);

test("nobody waits for a log bucket that does not answer", async () => {
  deliver(1, "a");
  const end = sandbox.faults.add({ kind: "timeout", operation: "GetObject" });
  const { why } = await recent({ patienceMilliseconds: 50 });
  end();
  expect(why).toBe("its access logs could not be read (it took too long)");
});

test("what was read before trouble began still counts", async () => {
  for (let count = 0; count < 12; count += 1) deliver(1 + count, `${count}`);
  const end = sandbox.faults.add({ kind: "access-denied", operation: "GetObject", after: 10 });
  const { texts, hours } = await recent();
  end();
  expect(texts).toHaveLength(10);
  expect(hours).toBe(10);
});
