import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import { lockOf } from "../../../../test/controls/locks.ts";
import {
  account,
  alone,
  automatic,
  broken,
  delivered,
  enable,
  into,
  isEndless,
  isOff,
  off,
  readingsOf,
  right,
  targetOf,
  us,
} from "../../../../test/controls/logging.ts";
import {
  bucket,
  encryptionOf,
  judge,
  logs,
  type Situation,
} from "../../../../test/controls/readings.ts";
import type { Logging, LogTarget } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import type { Allowance, Assessment } from "../model/verdict.ts";
import { accessLogging } from "./access-logging.ts";

test.each<{ name: string; logging: Known<Logging>; expected: Assessment }>([
  { name: "into the target", logging: right, expected: delivered },
  { name: "into the target at its root", logging: into(logs.name, ""), expected: delivered },
  { name: "under a prefix of its own", logging: into(logs.name, "x/y"), expected: delivered },
  { name: "nowhere", logging: absent, expected: off() },
  {
    name: "elsewhere",
    logging: into("mallory-logs"),
    expected: off(automatic, `access logs go to mallory-logs, not ${logs.name}`),
  },
  {
    name: "into itself",
    logging: into("invoices"),
    expected: off(automatic, `access logs go to invoices, not ${logs.name}`),
  },
])("a bucket that logs $name is $expected.kind", ({ logging, expected }) => {
  expect(judge(accessLogging, readingsOf(logging))).toEqual(expected);
});

test("the prefix of the baseline is filled in for the bucket", () => {
  const logging = { target: "logs-{account}-{region}", prefix: "{region}/{account}/{bucket}-" };
  const readings = readingsOf(absent);
  expect(judge(accessLogging, readings, { baseline: { "access-logging": logging } })).toEqual({
    ...off(),
    intents: [{ ...enable, targetPrefix: `eu-west-1/${account}/invoices-` }],
  });
});

const elsewhere: Assessment = {
  kind: "not-applicable",
  why: "a log bucket need not log, and log-target-health says what stops delivery here",
};

interface Obstacle {
  readonly name: string;
  readonly target: Partial<LogTarget>;
  readonly why: string;
  readonly needs: string;
}

const obstacles: readonly Obstacle[] = [
  {
    name: "is elsewhere",
    target: { region: us },
    why: `the log bucket ${logs.name} is in us-east-1, the source in eu-west-1`,
    needs: "a log bucket in eu-west-1",
  },
  {
    name: "has Object Lock",
    target: { objectLock: lockOf() },
    why: `the log bucket ${logs.name} has Object Lock, which stops log delivery`,
    needs: "a log bucket without Object Lock",
  },
  {
    name: "lets the requester pay",
    target: { requesterPays: true },
    why: `the log bucket ${logs.name} is Requester Pays, which stops log delivery`,
    needs: "a log bucket whose owner pays",
  },
  ...["aws:kms", "aws:kms:dsse"].map((algorithm) => ({
    name: `encrypts with ${algorithm}`,
    target: { encryption: encryptionOf(algorithm) },
    why: `the log bucket ${logs.name} encrypts with ${algorithm}, which stops log delivery`,
    needs: "SSE-S3 as default encryption of the log bucket",
  })),
];

test.each(obstacles)("a log bucket that $name stops its sources, and says so itself", (row) => {
  const { target, why, needs } = row;
  const blocked: Allowance = { mode: "blocked", why, needs };
  const logTarget = targetOf(target);
  expect(judge(accessLogging, readingsOf(absent, logTarget))).toEqual(off(blocked));
  expect(judge(accessLogging, readingsOf(right, logTarget))).toEqual(broken(blocked));
  expect(
    judge(accessLogging, readingsOf(absent, logTarget), { on: logs, baseline: alone }),
  ).toEqual({
    kind: "drift",
    summary: why,
    allowance: blocked,
    intents: [],
  });
  expect(judge(accessLogging, readingsOf(absent, logTarget), { on: logs })).toEqual(elsewhere);
});

test("a log bucket of which S3 names no encryption has SSE-S3", () => {
  const logTarget = targetOf({ encryption: absent });
  expect(judge(accessLogging, readingsOf(right, logTarget))).toEqual(delivered);
});

test("the region is where S3 says that the bucket is", () => {
  const readings = { ...readingsOf(right, targetOf({ region: us })), location: present(us) };
  expect(judge(accessLogging, readings)).toEqual(delivered);
  expect(judge(accessLogging, { ...readingsOf(right), location: absent })).toEqual(delivered);
});

test("a log bucket that does not exist has to be made first", () => {
  const blocked: Allowance = {
    mode: "blocked",
    why: `the log bucket ${logs.name} does not exist`,
    needs: `a bucket ${logs.name} in account ${account}, region eu-west-1`,
  };
  expect(judge(accessLogging, readingsOf(absent, absent))).toEqual(off(blocked));
  expect(judge(accessLogging, readingsOf(right, absent))).toEqual(broken(blocked));
  expect(judge(accessLogging, readingsOf(absent, absent), { on: logs })).toEqual({
    kind: "undecided",
    why: "the bucket vanished while it was read",
  });
});

test.each<{ logsInto: readonly string[]; path: string }>([
  { logsInto: ["invoices"], path: "invoices" },
  { logsInto: [logs.name], path: logs.name },
  { logsInto: ["b", "invoices"], path: "b, then invoices" },
  { logsInto: ["b", logs.name], path: `b, then ${logs.name}` },
])("a log bucket that logs into $logsInto makes a loop", ({ logsInto, path }) => {
  const blocked: Allowance = {
    mode: "blocked",
    why: `the log bucket ${logs.name} logs into ${path}: an endless loop`,
    needs: `logging switched off on ${logs.name}`,
  };
  const logTarget = targetOf({ logsInto });
  expect(judge(accessLogging, readingsOf(absent, logTarget))).toEqual(off(blocked));
  const endless = broken(blocked, isEndless);
  expect(judge(accessLogging, readingsOf(right, logTarget))).toEqual(endless);
});

test("a loop through a log bucket that takes no logs is one that stands still", () => {
  const logTarget = targetOf({ logsInto: ["invoices"], requesterPays: true });
  const why = `the log bucket ${logs.name} is Requester Pays, which stops log delivery`;
  const blocked: Allowance = { mode: "blocked", why, needs: "a log bucket whose owner pays" };
  expect(judge(accessLogging, readingsOf(right, logTarget))).toEqual(broken(blocked));
});

test.each([
  { logsInto: ["b", logs.name], path: `b, then ${logs.name}` },
  { logsInto: ["b", "c", logs.name], path: `b, then c, then ${logs.name}` },
])("a log bucket in a loop over $path says so itself", ({ logsInto, path }) => {
  const why = `the log bucket ${logs.name} logs into ${path}: an endless loop`;
  const needs = `logging switched off on ${logs.name}`;
  const readings = readingsOf(into("b"), targetOf({ logsInto }));
  expect(judge(accessLogging, readings, { on: logs, baseline: alone })).toEqual(
    broken({ mode: "blocked", why, needs }, why),
  );
  expect(judge(accessLogging, readings, { on: logs })).toEqual(elsewhere);
});

test("a log bucket that logs into a third one makes no loop", () => {
  const logTarget = targetOf({ logsInto: ["b", "c"] });
  expect(judge(accessLogging, readingsOf(right, logTarget))).toEqual(delivered);
});

const itself: Allowance = {
  mode: "report-only",
  why: "switching logging off is not something that a remediator does by itself",
  command: "aws s3api put-bucket-logging --bucket invoices --bucket-logging-status '{}'",
};
const ownLog = "the bucket logs into itself, so that every log file causes another one";

test.each<{ name: string; situation: Situation }>([
  { name: "and has no target", situation: { baseline: {} } },
  {
    name: "and is the target",
    situation: { baseline: { ...alone, "access-logging": { target: "invoices" } } },
  },
])("a bucket that logs into itself $name is left to a person", ({ situation }) => {
  const expected = { kind: "drift", summary: ownLog, allowance: itself, intents: [] };
  expect(judge(accessLogging, readingsOf(into("invoices")), situation)).toEqual(expected);
});

test("the command that ends it is one that a shell takes as it is", () => {
  const on = bucket("my.ledger");
  const assessment = judge(accessLogging, readingsOf(into("my.ledger")), { on, baseline: {} });
  const words = argumentsOf(commandIn(assessment));
  expect(words.slice(0, -1)).toEqual([
    "aws",
    "s3api",
    "put-bucket-logging",
    "--bucket",
    "my.ledger",
    "--bucket-logging-status",
  ]);
  expect(JSON.parse(words.at(-1) ?? "")).toEqual({});
});

test.each<{ logging: Known<Logging>; expected: Assessment }>([
  { logging: into("any-logs"), expected: { kind: "compliant", evidence: "logs go to any-logs" } },
  {
    logging: absent,
    expected: {
      kind: "drift",
      summary: isOff,
      allowance: { mode: "report-only", why: "the baseline names no bucket to log into" },
      intents: [],
    },
  },
])("without a target in the baseline $logging.state is $expected.kind", (row) => {
  const readings = readingsOf(row.logging, absent);
  expect(judge(accessLogging, readings, { baseline: {} })).toEqual(row.expected);
});
