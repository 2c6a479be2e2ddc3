import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import {
  parseQueued,
  printAlarm,
  printTask,
  type Received,
  receiveEvent,
  receiveRecord,
} from "@bucket-warden/core/event";
import { InputError, parseJson, whyNoJson } from "@bucket-warden/core/kernel";
import type { Task } from "@bucket-warden/core/model";
import { createWorld, recordedIn } from "@bucket-warden/core/rehearse";
import { ignoredUnparsed } from "../../../packages/cli/src/replay/glance.ts";
import { createSplitter } from "../../../packages/cli/src/replay/splitter.ts";
import { taskOfChange } from "../../../packages/core/src/resolve/resolve.ts";
import { jsonOf, mangled, mangledText } from "../../arbitraries/mangled.ts";
import { door } from "../door.ts";

const folder = new URL("../../fixtures/events/", import.meta.url);
const captured: readonly unknown[] = readdirSync(folder).map((file) =>
  JSON.parse(readFileSync(new URL(file, folder), "utf8")),
);

/** Calls by which somebody would blind the watcher, and calls that have parts of their own. */
const made: readonly unknown[] = [
  call("sqs.amazonaws.com", "DeleteQueue", {
    queueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/bucket-warden-tasks.fifo",
  }),
  call("iam.amazonaws.com", "DeleteRole", { roleName: "bucket-warden-remediation" }),
  call("s3.amazonaws.com", "CreateAccessPoint", {
    name: "ap",
    CreateAccessPointRequest: { Bucket: "invoices", BucketAccountId: "111122223333" },
  }),
  call("logs.amazonaws.com", "CreateDelivery", { deliverySourceName: "access" }),
  call("s3.amazonaws.com", "TagResource", { resourceArn: "arn:aws:s3:::invoices" }),
];

function call(eventSource: string, eventName: string, requestParameters: object): unknown {
  const sample = captured[0] as { detail: object }; // every captured event has a record in it
  const detail = { ...sample.detail, eventSource, eventName, requestParameters };
  return { ...sample, detail };
}

const events = [...captured, ...made];
const records = events.map((it) => (it as { detail: unknown }).detail); // as above
const own = ["bucket-warden*"];

/** Everything that may stand in the body of a message of SQS. */
const sqsTakes = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const mostBytes = 1_048_576;

/** What intake puts on the queue is taken by it, small, and read back as what it was. */
function requirePassage(received: Received): void {
  if (received.kind === "ignored") return;
  if (received.alarm !== undefined) {
    const back = readBack(printAlarm(received.alarm));
    if (!isDeepStrictEqual(back, { kind: "alarm", alarm: plain(received.alarm) })) {
      throw new Error("an alarm is read back as another");
    }
  }
  if (received.kind === "alarm") return;
  const task: Task = taskOfChange(received.trigger);
  if (!isDeepStrictEqual(readBack(printTask(task)), { kind: "task", task: plain(task) })) {
    throw new Error("a task is read back as another");
  }
}

function readBack(body: string) {
  if (!sqsTakes.test(body)) throw new Error("SQS would refuse the characters of a message");
  if (Buffer.byteLength(body) > mostBytes / 10) {
    throw new Error(`ten messages of ${Buffer.byteLength(body)} bytes are no batch`);
  }
  return parseQueued(body);
}

/** A record that is no JSON is told of and left out, before anybody follows it. */
function asReplayed(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    const problem = whyNoJson(cause, "it is not JSON");
    throw new InputError({ place: "a.json, Records[0]", problem, remedy: "Copy it again.", cause });
  }
}

/** The splitter never holds a file as a whole, and finds the records that JSON.parse would find. */
function split(text: string): void {
  const splitter = createSplitter("a.json");
  const bytes = Buffer.from(text);
  const size = 1 + (bytes.length % 997);
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    found.push(...splitter.push(bytes.subarray(at, at + size)));
  }
  splitter.end();
  for (const record of found) requireSameVerdict(record);
  const list = recordsIn(bytes.toString());
  const records = found.map((it) => jsonIn(it.toString()));
  if (list !== undefined && jsonOf(records) !== jsonOf(list)) {
    throw new Error("the records of a file are others than those in it");
  }
}

/** Undefined also where the name stands there twice: the splitter takes both, JSON.parse the last. */
function recordsIn(text: string): unknown {
  const whole = jsonIn(text);
  if (typeof whole !== "object" || whole === null || !("Records" in whole)) return undefined;
  const isOnce = text.split('"Records"').length === 2;
  return isOnce && Array.isArray(whole.Records) ? whole.Records : undefined;
}

/** What is ignored at a glance would not have led to anything either, had it been read as a whole. */
function requireSameVerdict(record: Buffer): void {
  const reason = ignoredUnparsed(record);
  const parsed = jsonIn(record.toString());
  if (reason === undefined || parsed === undefined) return;
  try {
    const received = receiveRecord(parsed, "record", own);
    if (received.kind !== "ignored") throw new Error(`overlooked at a glance: ${reason}`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

export const eventDoors = [
  door({
    name: "events of EventBridge",
    inputs: mangled(events),
    enter: (event) => requirePassage(receiveEvent(event, own)),
  }),
  door({
    name: "records of CloudTrail",
    inputs: mangled(records),
    enter: (record) => requirePassage(receiveRecord(record, "a.json, Records[0]", own)),
  }),
  door({
    name: "calls that a rehearsal follows",
    inputs: mangledText(records),
    enter: (text) => {
      const record = asReplayed(text);
      const received = receiveRecord(record, "a.json, Records[0]", own);
      const led = received.kind === "trigger" ? { trigger: received.trigger } : {};
      const recorded = recordedIn(record, led, { bytes: 1, isOwn: false });
      if (recorded !== undefined) createWorld().take(recorded);
    },
  }),
  door({
    name: "log files of CloudTrail",
    inputs: mangledText([{ Records: records }, { digestStartTime: "x", logFiles: [] }]),
    enter: split,
  }),
];
