import { expect, test } from "vitest";
import {
  broken,
  delivered,
  mayDeliver,
  off,
  readingsOf,
  right,
  targetOf,
} from "../../../../test/controls/logging.ts";
import { judge, logs, ordinary, repair } from "../../../../test/controls/readings.ts";
import type { LastLog } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import { accessLogging } from "./access-logging.ts";

const folder = "invoices/";
const seen = (hours: number): LastLog => ({ kind: "seen", folder, hours });
const atMost = (hours: number): LastLog => ({ kind: "seen", folder, hours, isAtMost: true });
const none: LastLog = { kind: "none", folder, hours: 168 };
const unreadable: LastLog = { kind: "unreadable", why: "AccessDenied" };

function withLast(lastLog: LastLog, logging: Parameters<typeof readingsOf>[0] = right) {
  return { ...readingsOf(logging), lastLog: present(lastLog) };
}

function limit(maxLogAgeHours: number) {
  const logging = { ...ordinary["access-logging"], maxLogAgeHours };
  return { baseline: { ...ordinary, "access-logging": logging } };
}

const goes = `logs go to ${logs.name}, which may receive them`;
const sayings: readonly { last: LastLog; says: string }[] = [
  { last: seen(0), says: `the newest log file seen under "invoices/" is less than an hour old` },
  { last: seen(1), says: `the newest log file seen under "invoices/" is an hour old` },
  { last: seen(40), says: `the newest log file seen under "invoices/" is 40 hours old` },
  { last: none, says: `no log file came under "invoices/" for 168 hours` },
  { last: unreadable, says: "whether they arrive could not be read (AccessDenied)" },
];

test.each(sayings)("without a limit, that $says is evidence and no drift", ({ last, says }) => {
  const evidence = `${goes}; ${says}`;
  expect(judge(accessLogging, withLast(last))).toEqual({ kind: "compliant", evidence });
  expect(judge(accessLogging, withLast(last), { baseline: {} })).toEqual({
    kind: "compliant",
    evidence: `logs go to ${logs.name}; ${says}`,
  });
});

test.each<{ name: string; lastLog: Known<LastLog> }>([
  { name: "nobody looked", lastLog: present({ kind: "not-asked" }) },
  { name: "S3 did not log a moment later", lastLog: absent },
])("where $name, nothing is said of it", ({ lastLog }) => {
  const readings = { ...readingsOf(right), lastLog };
  expect(judge(accessLogging, readings)).toEqual(delivered);
  expect(judge(accessLogging, readings, limit(1))).toEqual(delivered);
});

test.each([
  { last: seen(23), hours: 24, kind: "compliant" },
  { last: seen(24), hours: 24, kind: "drift" },
  { last: none, hours: 24, kind: "drift" },
  { last: none, hours: 168, kind: "drift" },
  { last: unreadable, hours: 24, kind: "undecided" },
  { last: atMost(23), hours: 24, kind: "compliant" },
  { last: atMost(24), hours: 24, kind: "undecided" },
])("under a limit of $hours hours, $last.kind is $kind", ({ last, hours, kind }) => {
  expect(judge(accessLogging, withLast(last), limit(hours)).kind).toBe(kind);
});

test("logs that stay away are reported, and nothing is written for them", () => {
  const { written, held } = repair(accessLogging, withLast(none), limit(24));
  expect(written).toEqual([]);
  expect(held).toMatchObject([{ kind: "flagged", next: "a person has to change it" }]);
});

test.each([seen(24), seen(25), none])(
  "late logs are the same news however late ($hours)",
  (last) => {
    expect(judge(accessLogging, withLast(last), limit(24))).toMatchObject({
      kind: "drift",
      summary: `${goes}; no log file came under "invoices/" for 24 hours`,
    });
  },
);

test("what is wrong with the configuration is said instead", () => {
  expect(judge(accessLogging, withLast(none, absent), limit(1))).toEqual(off());
  const logTarget = targetOf({ requesterPays: true });
  const readings = { ...readingsOf(right, logTarget), lastLog: present(none) };
  const why = `the log bucket ${logs.name} is Requester Pays, which stops log delivery`;
  expect(judge(accessLogging, readings, limit(1))).toEqual(
    broken({ mode: "blocked", why, needs: "a log bucket whose owner pays" }),
  );
});

test("nobody looks for the logs of a log bucket", () => {
  const { lastLog: _unasked, ...readings } = readingsOf(absent);
  expect(judge(accessLogging, readings, { on: logs, ...limit(1) })).toEqual(mayDeliver);
});
