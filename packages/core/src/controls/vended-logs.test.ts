import { expect, test } from "vitest";
import {
  automatic,
  delivered,
  into,
  isOff,
  mayDeliver,
  off,
  readingsOf,
  right,
  targetOf,
} from "../../../../test/controls/logging.ts";
import { judge, logs, repair } from "../../../../test/controls/readings.ts";
import type { VendedLogs } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { accessLogging } from "./access-logging.ts";

const group = "arn:aws:logs:eu-west-1:111122223333:delivery-destination:group";
const stream = "arn:aws:logs:eu-west-1:111122223333:delivery-destination:stream";
type Source = Extract<VendedLogs, { kind: "sources" }>["sources"][number];
const active: Source = { name: "invoices", isActive: true, destinations: [group, stream] };

function vended(...sources: readonly Source[]): Known<VendedLogs> {
  return present({ kind: "sources", sources });
}

function withVended(vendedLogs: Known<VendedLogs>, logging = readingsOf(absent)) {
  return { ...logging, vendedLogs };
}

const byCloudWatch: Assessment = {
  kind: "compliant",
  evidence: `CloudWatch Logs delivers the access logs to ${group}`,
};

test.each([
  { name: "one source", sources: [active] },
  { name: "an idle source first", sources: [{ ...active, destinations: [] }, active] },
  { name: "an inactive source first", sources: [{ ...active, isActive: false }, active] },
])("a bucket whose logs CloudWatch Logs delivers from $name logs", ({ sources }) => {
  const readings = withVended(vended(...sources));
  expect(judge(accessLogging, readings)).toEqual(byCloudWatch);
  expect(judge(accessLogging, readings, { baseline: {} })).toEqual(byCloudWatch);
  expect(repair(accessLogging, readings)).toEqual({
    written: [],
    held: [],
    later: byCloudWatch,
    writtenAgain: [],
  });
});

const found = `${isOff}, and of the sources in CloudWatch Logs`;

test.each([
  { name: "no source", reading: absent, summary: isOff },
  { name: "nobody asked", reading: present({ kind: "not-asked" } as const), summary: isOff },
  {
    name: "a source without a delivery",
    reading: vended({ ...active, destinations: [] }),
    summary: `${found} invoices has no delivery`,
  },
  {
    name: "an inactive source, and one without a delivery",
    reading: vended({ ...active, isActive: false }, { ...active, name: "b", destinations: [] }),
    summary: `${found} invoices is inactive, b has no delivery`,
  },
])("with $name the bucket does not log", ({ reading, summary }) => {
  const readings = withVended(reading);
  expect(judge(accessLogging, readings)).toEqual(off(automatic, summary));
  expect(judge(accessLogging, readings, { baseline: {} })).toEqual({
    kind: "drift",
    summary,
    allowance: { mode: "report-only", why: "the baseline names no bucket to log into" },
    intents: [],
  });
});

test("what S3 itself does comes first, be it right or wrong", () => {
  const both = (logging: typeof right) => withVended(vended(active), readingsOf(logging));
  expect(judge(accessLogging, both(right))).toEqual(delivered);
  const elsewhere = off(automatic, `access logs go to b, not ${logs.name}`);
  expect(judge(accessLogging, both(into("b")))).toEqual(elsewhere);
});

test("where only S3 will do, CloudWatch Logs is not even asked", () => {
  const baseline = { "access-logging": { target: logs.name, accept: "server-access-logs" } };
  expect(judge(accessLogging, withVended(vended(active)), { baseline })).toEqual(off());
  const { vendedLogs: _unasked, ...others } = readingsOf(absent);
  expect(judge(accessLogging, others, { baseline })).toEqual(off());
  expect(judge(accessLogging, others).kind).toBe("unread");
});

test("a log bucket must take the logs of others, whatever delivers its own", () => {
  const readings = withVended(vended(active), readingsOf(absent));
  expect(judge(accessLogging, readings, { on: logs })).toEqual(mayDeliver);
  const shut = withVended(vended(active), readingsOf(absent, targetOf({ policy: absent })));
  expect(judge(accessLogging, shut, { on: logs }).kind).toBe("drift");
});
