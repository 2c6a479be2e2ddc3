import { expect, test } from "vitest";
import type { Alarm } from "../model/alarm.ts";
import { parseAccountId, parseRegion } from "../model/ref.ts";
import { parseQueued, printAlarm } from "./queued.ts";

const alarm: Alarm = {
  id: "a-1",
  on: {
    kind: "region",
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  },
  cause: {
    kind: "event",
    eventName: "StopLogging",
    eventId: "e-1",
    eventTime: "2026-11-20T10:15:00Z",
    actor: { arn: "arn:aws:iam::111122223333:user/mallory", type: "IAMUser", sourceIp: "::1" },
  },
  service: "cloudtrail",
  means: "nothing is heard",
  undo: "aws cloudtrail start-logging --name audit",
  byOwnRole: false,
};

test.each([
  ["an alarm", alarm],
  ["an attempt on something", { ...alarm, error: "AccessDenied", resource: "audit" }],
])("%s survives the queue", (_name, sent) => {
  expect(parseQueued(printAlarm(sent))).toEqual({ kind: "alarm", alarm: sent });
});

test("a task is still a task", () => {
  const task = {
    id: "t-1",
    ref: { kind: "bucket", name: "invoices", account: "111122223333", region: "eu-west-1" },
    cause: { kind: "sweep", sweepId: "s-1" },
    mode: "apply",
    touches: "all",
  };
  expect(parseQueued(JSON.stringify(task))).toEqual({ kind: "task", task });
});

test.each([
  ["no JSON", "oops", "task: it is not JSON"],
  ["an empty object", "{}", "task.id: "],
  ["an alarm without its account", print({ on: { region: "eu-west-1" } }), "alarm.on.account: "],
  [
    "an alarm from a strange account",
    print({ on: { account: "1", region: "eu-west-1" } }),
    'alarm.on.account: "1" is not an AWS account id',
  ],
  ["an alarm of a sweep", print({ cause: { kind: "sweep", sweepId: "s" } }), "alarm.cause.kind: "],
  ["an alarm that is a text", JSON.stringify({ alarm: "fire" }), "alarm: "],
])("%s is refused by name", (_name, message, problem) => {
  expect(() => parseQueued(message)).toThrow(problem);
});

function print(changes: object): string {
  return JSON.stringify({ alarm: { ...alarm, ...changes } });
}
