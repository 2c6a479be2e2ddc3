import { expect, test } from "vitest";
import {
  inRegion,
  judge,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import { trailsOf } from "../../../../test/controls/trails.ts";
import { absent, present } from "../model/reading.ts";
import { parseRegion } from "../model/ref.ts";
import type { Selector, Trail } from "../model/trails.ts";
import { trailHealth } from "./trail-health.ts";

function judged(trails: readonly Partial<Trail>[], baseline: object = {}, region = "eu-west-1") {
  const on = { ...inRegion, region: parseRegion(region, "test") };
  return judge(trailHealth, { trails: trailsOf(...trails) }, { on, baseline });
}

const all: Selector = { management: true, access: "all", excludes: [], narrowedBy: [] };
const records = (...selectors: readonly Partial<Selector>[]) => ({
  selectors: present(selectors.map((selector) => ({ ...all, ...selector }))),
});
const stopped = { status: present({ isLogging: false }) };

const whole = "organization trail audit records every management call that writes";

test.each<[string, readonly Partial<Trail>[], string]>([
  ["a sound trail", [{}], whole],
  ["a trail of writes only", [records({ access: "writes" })], whole],
  ["data events in a second selector", [records({ management: false }, {})], whole],
  [
    "a trail that leaves out the Data API of RDS",
    [records({ excludes: ["rdsdata.amazonaws.com"] })],
    whole,
  ],
  ["a sound trail beside a stopped one", [stopped, {}], whole],
  ["a sound trail beside one that cannot be read", [{ status: unknown("denied") }, {}], whole],
  [
    "a trail of this Region and account alone",
    [{ name: "local", isOrganization: false, isMultiRegion: false }],
    "trail local records every management call that writes; it covers this Region only",
  ],
  [
    "a trail with nothing but the records",
    [{ validatesLogFiles: false, isEncrypted: false }],
    `${whole}; it does not validate its log files, and does not encrypt with a KMS key`,
  ],
  [
    "no global services, where they are not recorded anyway",
    [{ recordsGlobalServices: false }],
    whole,
  ],
])("%s is enough", (_name, trails, evidence) => {
  expect(judged(trails)).toEqual({ kind: "compliant", evidence });
});

const start =
  "aws cloudtrail start-logging --name arn:aws:cloudtrail:us-east-1:999988887777:trail/audit --region us-east-1";

test("a stopped trail is drift, with the command that starts it where it is at home", () => {
  expect(judged([stopped])).toEqual({
    kind: "drift",
    summary: "organization trail audit is stopped",
    allowance: { mode: "report-only", why: expect.any(String), command: start },
    intents: [],
  });
});

test("without a trail the sweep is all there is", () => {
  const assessment = judge(trailHealth, { trails: absent });
  expect(assessment).toMatchObject({
    kind: "drift",
    summary: "there is no trail, so no event reaches Bucket Warden and the sweep is all there is",
    allowance: { command: expect.stringContaining("create-trail") },
  });
});

test.each<[string, readonly Partial<Trail>[], string]>([
  ["no management events", [records({ management: false })], "records no management events"],
  ["no selector at all", [records()], "records no management events"],
  ["reads only", [records({ access: "reads" })], "records reads only"],
  [
    "all but KMS",
    [records({ excludes: ["kms.amazonaws.com", "rdsdata.amazonaws.com"] })],
    "leaves out kms.amazonaws.com",
  ],
  [
    "only some calls",
    [records({ narrowedBy: ["eventName"] })],
    "records only some calls, by eventName",
  ],
  [
    "log files that do not arrive",
    [{ status: present({ isLogging: true, deliveryError: "AccessDenied" }) }],
    "cannot deliver its log files (AccessDenied)",
  ],
  [
    "two faults",
    [{ ...stopped, ...records({ access: "reads" }) }],
    "is stopped and records reads only",
  ],
])("a trail with %s is drift", (_name, trails, says) => {
  expect(judged(trails)).toMatchObject({
    kind: "drift",
    summary: `organization trail audit ${says}`,
  });
});

test("where global services are recorded, a trail has to have them", () => {
  const without = [{ recordsGlobalServices: false }];
  expect(judged(without, {}, "us-east-1")).toMatchObject({
    kind: "drift",
    summary: "organization trail audit leaves out IAM and the other global services",
  });
  expect(judged([{}], {}, "us-east-1").kind).toBe("compliant");
});

test("several bad trails are all named, and the best one comes with its command", () => {
  const worse = { ...stopped, ...records({ access: "reads" }), name: "old", isOrganization: false };
  expect(judged([worse, stopped])).toMatchObject({
    summary: "trail old is stopped and records reads only; organization trail audit is stopped",
    allowance: { command: start },
  });
});

test("what the baseline asks for beside the records is a fault, the rest a remark", () => {
  const bare = [{ validatesLogFiles: false, isEncrypted: false }];
  const ask = (...require: readonly string[]) => judged(bare, { "trail-health": { require } });
  expect(ask("kms-encryption")).toMatchObject({
    kind: "drift",
    summary: "organization trail audit does not encrypt with a KMS key",
  });
  expect(ask("kms-encryption", "log-file-validation")).toMatchObject({
    summary:
      "organization trail audit does not validate its log files and does not encrypt with a KMS key",
  });
});

test.each(["status", "selectors"] as const)(
  "a trail of the organization whose %s is denied to a member is not judged",
  (part) => {
    const assessment = judged([{ [part]: unknown("denied") }, stopped]);
    expect(assessment).toMatchObject({
      kind: "undecided",
      why: expect.stringMatching(/^organization trail audit could not be judged, because its/),
    });
  },
);

test("a trail that is known to be stopped is wrong, whatever else is denied", () => {
  expect(judged([{ ...stopped, selectors: unknown("denied") }]).kind).toBe("drift");
});

test("it is only told, also when a person asks: nothing is ever written", () => {
  const readings = { trails: trailsOf(stopped) };
  const { written, held, writtenAgain } = repair(trailHealth, readings, { asked: true });
  expect([written, writtenAgain, held.map(({ kind }) => kind)]).toEqual([[], [], ["flagged"]]);
});

// Not taken for missing.
test.each(unreadRows(trailHealth))("$facet unread ($reason) is not judged", ({ facet, reason }) => {
  expect(judge(trailHealth, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
});
