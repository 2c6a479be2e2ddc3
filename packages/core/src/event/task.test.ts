import fc from "fast-check";
import { expect, test } from "vitest";
import { InputError } from "../kernel/input-error.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Cause, Task } from "../model/trigger.ts";
import { receiveRecord } from "./cloudtrail.ts";
import { parseTask, printTask } from "./task.ts";

const place = {
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};
const ref = {
  kind: "bucket",
  name: parseBucketName("invoices-archive", "test"),
  ...place,
} as const;

const event: Cause = {
  kind: "event",
  eventName: "PutBucketPolicy",
  eventId: "e-1",
  eventTime: "2026-11-20T10:15:00Z",
  actor: {
    arn: "arn:aws:sts::111122223333:assumed-role/deploy/ci",
    type: "AssumedRole",
    role: "arn:aws:iam::111122223333:role/deploy",
    invokedBy: "cloudformation.amazonaws.com",
    userAgent: "aws-cli/2.31.0",
    sourceIp: "203.0.113.7",
  },
};
const task: Task = { id: "t-1", ref, cause: event, mode: "apply", touches: ["policy"] };
const manual: Cause = { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "audit" };

test.each<{ name: string; task: Task }>([
  { name: "an event", task },
  {
    name: "an event with an actor of whom little is known",
    task: { ...task, cause: { ...event, actor: { arn: "unknown", type: "Unknown" } } },
  },
  { name: "a sweep", task: { ...task, cause: { kind: "sweep", sweepId: "s-1" }, touches: "all" } },
  {
    name: "a person who names controls",
    task: { ...task, cause: manual, touches: "all", mode: "plan", controls: ["ssl-only"] },
  },
  {
    name: "a sweep that looks first",
    task: { ...task, cause: { kind: "sweep", sweepId: "s-1" }, survey: true },
  },
  {
    name: "a large sweep",
    task: { ...task, cause: { kind: "sweep", sweepId: "s-1" }, large: { writes: 30, of: 40 } },
  },
  { name: "a policy that was put", task: { ...task, claim: { kind: "put", text: "{ }" } } },
  { name: "a policy that was removed", task: { ...task, claim: { kind: "removed" } } },
  { name: "a policy that nobody saw", task: { ...task, claim: { kind: "unseen" } } },
  { name: "an account", task: { ...task, ref: { kind: "account", ...place } } },
  { name: "a Region of an account", task: { ...task, ref: { kind: "region", ...place } } },
])("the task of $name survives the queue", ({ task: sent }) => {
  expect(parseTask(printTask(sent))).toEqual(sent);
});

/** What the queue carries for a record with this identity, at this time. */
function taskOf(shown: { readonly userIdentity: object; readonly eventTime: unknown }): Task {
  const received = receiveRecord(
    {
      eventSource: "s3.amazonaws.com",
      eventName: "PutBucketPolicy",
      eventID: "e-1",
      awsRegion: "eu-west-1",
      recipientAccountId: "111122223333",
      requestParameters: { bucketName: "invoices-archive" },
      ...shown,
    },
    "record",
  );
  if (received.kind !== "trigger") throw new Error(`not a change but ${received.kind}`);
  const { eventName, eventId, eventTime, actor } = received.trigger;
  return { ...task, cause: { kind: "event", eventName, eventId, eventTime, actor } };
}

test("whoever made the call, what intake accepts remediate can read", () => {
  const text = fc.option(fc.string(), { nil: undefined });
  const identity = fc.record({ type: text, arn: text, principalId: text, invokedBy: text });
  fc.assert(
    fc.property(identity, text, (userIdentity, eventTime) => {
      const sent = taskOf({ userIdentity, eventTime });
      expect(parseTask(printTask(sent))).toEqual(sent);
    }),
  );
});

// Anonymous callers have an empty principalId.
test.each([{ type: "" }, { arn: "" }, { type: "AWSAccount", principalId: "" }])(
  "an identity with the empty text %j can be read too",
  (userIdentity) => {
    const sent = taskOf({ userIdentity, eventTime: undefined });
    expect(parseTask(printTask(sent))).toEqual(sent);
  },
);

// A message may stand in the queue while another version is deployed.
test("of an actor only the names are asked for, and they may be empty", () => {
  const cause: Cause = { ...event, eventTime: "", actor: { arn: "", type: "" } };
  expect(parseTask(printTask({ ...task, cause }))).toEqual({ ...task, cause });
});

test.each([
  { touches: [], read: [] },
  { touches: ["policy", "logTarget"], read: ["policy", "logTarget"] },
  { touches: "all", read: "all" },
  { touches: ["policy", "publicAccess"], read: "all" },
  { touches: ["toString"], read: "all" },
])("touches of $touches are read as $read", ({ touches, read }) => {
  const message = JSON.stringify({ ...task, touches });
  expect(parseTask(message)).toEqual({ ...task, touches: read });
});

function problemIn(message: string): string {
  try {
    parseTask(message);
  } catch (error) {
    if (error instanceof InputError) return `${error.place}: ${error.problem}`;
    throw error;
  }
  return "no problem";
}

const missingText = "Invalid input: expected string, received undefined";

test.each([
  { name: "no JSON", message: "hello", problem: "task: it is not JSON" },
  { name: "an empty message", message: "", problem: "task: it is not JSON" },
  {
    name: "an S3 test event",
    message: JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent" }),
    problem: `task.id: ${missingText}`,
  },
])("$name is refused by name", ({ message, problem }) => {
  expect(problemIn(message)).toBe(problem);
});

test.each<{ name: string; changes: object; problem: string }>([
  {
    name: "an empty id",
    changes: { id: "" },
    problem: "task.id: Too small: expected string to have >=1 characters",
  },
  {
    name: "no bucket",
    changes: { ref: undefined },
    problem: "task.ref: Invalid input: expected object, received undefined",
  },
  {
    name: "another kind of resource",
    changes: { ref: { ...ref, kind: "vault" } },
    problem: "task.ref.kind: Invalid discriminator value. Expected 'bucket' | 'account' | 'region'",
  },
  {
    name: "a bad bucket name",
    changes: { ref: { ...ref, name: "a/b" } },
    problem: 'task.ref.name: "a/b" is not a bucket name',
  },
  {
    name: "a bad account",
    changes: { ref: { ...ref, account: "1" } },
    problem: 'task.ref.account: "1" is not an AWS account id',
  },
  {
    name: "an account without a region",
    changes: { ref: { kind: "account", account: place.account } },
    problem: `task.ref.region: ${missingText}`,
  },
  {
    name: "a bad region",
    changes: { ref: { ...ref, region: "mars" } },
    problem: 'task.ref.region: "mars" is not an AWS Region',
  },
  {
    name: "an unknown cause",
    changes: { cause: { kind: "whim" } },
    problem: "task.cause.kind: Invalid discriminator value. Expected 'event' | 'sweep' | 'manual'",
  },
  {
    name: "an event without its id",
    changes: { cause: { ...event, eventId: undefined } },
    problem: `task.cause.eventId: ${missingText}`,
  },
  {
    name: "an event without an actor",
    changes: { cause: { ...event, actor: undefined } },
    problem: "task.cause.actor: Invalid input: expected object, received undefined",
  },
  {
    name: "a sweep without its id",
    changes: { cause: { kind: "sweep" } },
    problem: `task.cause.sweepId: ${missingText}`,
  },
  {
    name: "a person without a reason",
    changes: { cause: { ...manual, reason: "" } },
    problem: "task.cause.reason: Too small: expected string to have >=1 characters",
  },
  {
    name: "an unknown mode",
    changes: { mode: "force" },
    problem: 'task.mode: Invalid option: expected one of "plan"|"apply"',
  },
  {
    name: "touches of a wrong type",
    changes: { touches: "some" },
    problem: "task.touches: Invalid input",
  },
  {
    name: "controls of a wrong type",
    changes: { controls: "ssl-only" },
    problem: "task.controls: Invalid input: expected array, received string",
  },
])("a message with $name is refused by name", ({ changes, problem }) => {
  expect(problemIn(JSON.stringify({ ...task, ...changes }))).toBe(problem);
});

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
test("no user agent makes a message that SQS does not take", () => {
  const userAgent = "a\u0000\u001b\ufffe\uffff\ud800\u{1f4e6}";
  const sent: Task = { ...task, cause: { ...event, actor: { ...event.actor, userAgent } } };
  const message = printTask(sent);
  expect(message).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
  expect(parseTask(message)).toEqual(sent);
});
