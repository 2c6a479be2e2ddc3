import { expect, test } from "vitest";
import type { Alarm } from "../model/alarm.ts";
import { parseAccountId, parseRegion } from "../model/ref.ts";
import { alarmMessage } from "./alarm-message.ts";
import { severityOf } from "./message.ts";
import { subjectOf, textOf } from "./render.ts";

const stopped: Alarm = {
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
    actor: {
      arn: "arn:aws:sts::111122223333:assumed-role/admin/mallory",
      type: "AssumedRole",
      role: "arn:aws:iam::111122223333:role/admin",
      sourceIp: "203.0.113.7",
      userAgent: "aws-cli/2",
    },
  },
  service: "cloudtrail",
  resource: "audit",
  means: "no change is heard",
  undo: "aws cloudtrail start-logging --name audit",
  byOwnRole: false,
};

function textFor(changes: Partial<Alarm>): string {
  return textOf(alarmMessage({ ...stopped, ...changes }, "2026-11-20T10:16:00.000Z"));
}

test("an alarm says who, what, when, where, from where, what it means and how to undo it", () => {
  expect(textFor({})).toBe(
    `AWS::::Account:111122223333/eu-west-1 (account 111122223333, eu-west-1)
StopLogging by arn:aws:sts::111122223333:assumed-role/admin/mallory at 2026-11-20T10:15:00Z

ALARM  tamper-watch
  What we saw:     cloudtrail StopLogging on audit; no change is heard
  Who did it:      arn:aws:sts::111122223333:assumed-role/admin/mallory from 203.0.113.7 with aws-cli/2: StopLogging at 2026-11-20T10:15:00Z
  What we did:     told you; whether it was planned only a person can say
  What you can do: if it was not planned, undo it in account 111122223333 in eu-west-1: aws cloudtrail start-logging --name audit

Ledger entry a-1, 2026-11-20T10:16:00.000Z`,
  );
});

test("an attempt is called one, and there is nothing to undo", () => {
  const text = textFor({ error: "AccessDenied" });
  expect(text).toContain(
    "an attempt at cloudtrail StopLogging on audit, which ended in AccessDenied; had it succeeded: no change is heard",
  );
  expect(text).toContain("there is nothing to undo");
  expect(text).not.toContain("start-logging");
});

test("a record that names nothing is told as such", () => {
  const { resource: _, ...unnamed } = stopped;
  const { notices } = alarmMessage(unnamed, "2026-11-20T10:16:00.000Z");
  expect(notices[0]?.saw).toContain("on something that the record does not name");
});

test("our own role is named as what it is", () => {
  expect(textFor({ byOwnRole: true })).toContain("a role of Bucket Warden's own");
});

test("nothing is more severe, and the subject says so", () => {
  const message = alarmMessage(stopped, "2026-11-20T10:16:00.000Z");
  expect(severityOf(message)).toBe("critical");
  expect(subjectOf(message)).toBe(
    "[Bucket Warden] CRITICAL alarm: account 111122223333 in eu-west-1",
  );
});
