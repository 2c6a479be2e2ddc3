import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { OwnResources } from "@bucket-warden/core/event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { filesAt, inOrderOfTime } from "./log-files.ts";
import { replay } from "./replay.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "warden-replay-"));
});

afterEach(() => rm(folder, { recursive: true }));

/** A record as CloudTrail writes it, as far as it is read. */
function record(eventName: string, bucketName: string, more: object = {}): object {
  ids += 1;
  return {
    eventVersion: "1.11",
    userIdentity: { type: "Root", accountId: "111122223333" },
    eventTime: "2026-11-20T10:15:00Z",
    eventSource: "s3.amazonaws.com",
    eventName,
    awsRegion: "eu-west-1",
    requestParameters: { bucketName },
    eventID: `e-${ids}`,
    eventType: "AwsApiCall",
    readOnly: false,
    recipientAccountId: "111122223333",
    ...more,
  };
}

async function save(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  return path;
}

function logOf(...records: readonly unknown[]): string {
  return JSON.stringify({ Records: records });
}

const storedNowhere = () => Promise.reject(new Error("nothing here is in S3"));

async function replayed(path: string, own: OwnResources = []) {
  return replay(inOrderOfTime(await filesAt([path], storedNowhere)), { own });
}

const nothing = {
  files: { read: 1, skipped: {} },
  records: 0,
  reconciled: 0,
  byEvent: {},
  resources: [],
  alarms: 0,
  byAlarm: {},
  copies: 0,
  ignored: {},
  unreadable: [],
  unreadableFiles: 0,
  unreadableRecords: 0,
  late: 0,
};

let ids = 0;

test("every record is counted once, most frequent first", async () => {
  const path = await save(
    "a.json",
    logOf(
      record("DeleteBucketPolicy", "zebra"),
      record("PutBucketPolicy", "zebra"),
      record("PutBucketPolicy", "ant"),
      record("GetBucketPolicy", "ant", { readOnly: true }),
      record("ListBuckets", "ant", { readOnly: true }),
      record("DeleteBucket", "ant", { errorCode: "BucketNotEmpty" }),
      record("StopLogging", "", { eventSource: "cloudtrail.amazonaws.com" }),
      record("CreateBucket", "fast--euw1-az1--x-s3", { eventSource: "s3express.amazonaws.com" }),
      record("LookupEvents", "", { eventSource: "cloudtrail.amazonaws.com" }),
    ),
  );
  const summary = await replayed(path);
  expect(summary).toEqual({
    ...nothing,
    records: 9,
    reconciled: 4,
    byEvent: { PutBucketPolicy: 2, DeleteBucketPolicy: 1, StopLogging: 1 },
    resources: ["account 111122223333 in eu-west-1", "ant", "zebra"],
    alarms: 1,
    byAlarm: { "cloudtrail StopLogging done": 1 },
    ignored: {
      "read-only call": 2,
      "the call failed, so nothing changed": 1,
      "not an S3 call": 1,
      "a directory bucket, which is not judged: it has no versioning, logging, Object Lock or public access block, and its policy speaks of other actions": 1,
    },
  });
  expect(Object.keys(summary.byEvent)).toEqual([
    "PutBucketPolicy",
    "DeleteBucketPolicy",
    "StopLogging",
  ]);
  expect(Object.keys(summary.ignored)[0]).toBe("read-only call");
});

test("a folder is read with all below it, packed or not, and nothing else", async () => {
  await save("2026/11/20/a.json", logOf(record("PutBucketPolicy", "plain")));
  await save("2026/11/21/b.json.gz", gzipSync(logOf(record("PutBucketPolicy", "packed"))));
  await save(
    "digest.json.gz",
    gzipSync('{"digestStartTime":"2026-11-20T09:00:00Z","logFiles":[]}'),
  );
  await save("README.md", "not a log");
  await save("a.json.bak", "not a log");
  expect(await replayed(folder)).toEqual({
    ...nothing,
    files: { read: 3, skipped: {} },
    records: 2,
    reconciled: 2,
    byEvent: { PutBucketPolicy: 2 },
    resources: ["packed", "plain"],
  });
});

test("broken files and records are named, and the rest is still counted", async () => {
  const good = record("PutBucketPolicy", "good");
  await save("a-truncated.json.gz", gzipSync(logOf(good)).subarray(0, 40));
  await save("b-not-packed.json.gz", logOf(good));
  await save("c-cut-off.json", '{"Records":[{"eventName":');
  await save("d-something-else.json", '{"hello":1}');
  await save(
    "e-broken-records.json",
    logOf(
      good,
      { eventName: "PutBucketPolicy" },
      "text",
      record("PutBucketPolicy", "../etc"),
      good,
      record("PutBucketPolicy", "timeless", { eventTime: "noon" }),
    ),
  );
  await save("f-good.json.gz", gzipSync(logOf(good)));
  const notARecord = "it is missing or has the wrong type, so this is not a CloudTrail record";
  const inside = join(folder, "e-broken-records.json");
  expect(await replayed(folder)).toEqual({
    ...nothing,
    files: { read: 6, skipped: {} },
    records: 7,
    reconciled: 1,
    byEvent: { PutBucketPolicy: 1 },
    resources: ["good"],
    copies: 2,
    unreadableFiles: 4,
    unreadableRecords: 4,
    unreadable: [
      { place: join(folder, "a-truncated.json.gz"), problem: "it cannot be unpacked" },
      { place: join(folder, "b-not-packed.json.gz"), problem: "it cannot be unpacked" },
      { place: join(folder, "c-cut-off.json"), problem: "it is not JSON" },
      { place: join(folder, "d-something-else.json"), problem: "it has no list of Records" },
      { place: `${inside}, Records[1].eventSource`, problem: notARecord },
      { place: `${inside}, Records[2]`, problem: notARecord },
      {
        place: `${inside}, Records[3].requestParameters.bucketName`,
        problem: '"../etc" is not a bucket name',
      },
      {
        place: `${inside}, Records[5].eventTime`,
        problem: "it is no time, so that the call has no place in a history",
      },
    ],
  });
});

test("a bucket name that every object has as a member is one bucket like any other", async () => {
  const path = await save("a.json", logOf(record("PutBucketPolicy", "constructor")));
  expect(await replayed(path)).toMatchObject({ reconciled: 1, resources: ["constructor"] });
});

test("an empty log file has nothing to count", async () => {
  expect(await replayed(await save("a.json", logOf()))).toEqual(nothing);
});

test("a path that does not exist is refused by name", async () => {
  const path = join(folder, "missing");
  await expect(replayed(path)).rejects.toThrow(
    `${path}: there is no such file or folder. Give a CloudTrail log file (.json, .json.gz) or a folder of them.`,
  );
});

// Otherwise a misspelt folder looks like a quiet day.
test("a folder without a log file below it is refused", async () => {
  await save("2026/11/20/README.md", "not a log");
  await expect(replayed(folder)).rejects.toThrow(
    `${folder}: there are no log files below this folder. Give a folder that holds files ending in .json or .json.gz.`,
  );
});

// CloudTrail writes them into the same bucket; they record no call.
test("an Insights record is ignored, not unreadable", async () => {
  const insight = {
    eventVersion: "1.11",
    eventTime: "2026-11-20T10:15:00Z",
    awsRegion: "eu-west-1",
    eventID: "i-1",
    eventType: "AwsCloudTrailInsight",
    recipientAccountId: "111122223333",
    insightDetails: { state: "Start", eventSource: "s3.amazonaws.com", eventName: "DeleteBucket" },
    eventCategory: "Insight",
  };
  const path = await save("a.json", logOf(insight, record("PutBucketPolicy", "good")));
  expect(await replayed(path)).toEqual({
    ...nothing,
    records: 2,
    reconciled: 1,
    byEvent: { PutBucketPolicy: 1 },
    resources: ["good"],
    ignored: { "not a recorded API call": 1 },
  });
});

test("calls against the watcher are counted, done and attempted apart, by what is ours", async () => {
  const rule = (name: string) => ({
    eventSource: "events.amazonaws.com",
    requestParameters: { name },
  });
  const trail = { eventSource: "cloudtrail.amazonaws.com" };
  const path = await save(
    "a.json",
    logOf(
      record("DisableRule", "", rule("our-rule")),
      record("DeleteRule", "", rule("their-rule")),
      record("DeleteTrail", "", trail),
      record("DeleteTrail", "", { ...trail, errorCode: "TrailNotFoundException" }),
    ),
  );
  expect(await replayed(path, ["our-*"])).toEqual({
    ...nothing,
    records: 4,
    reconciled: 1,
    byEvent: { DeleteTrail: 1 },
    resources: ["account 111122223333 in eu-west-1"],
    alarms: 3,
    byAlarm: {
      "events DisableRule done": 1,
      "cloudtrail DeleteTrail done": 1,
      "cloudtrail DeleteTrail attempted": 1,
    },
    ignored: { "the call names nothing of Bucket Warden": 1 },
  });
});
