import { expect, test } from "vitest";
import { parseBaseline } from "../baseline/index.ts";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Assessment } from "../model/verdict.ts";
import { underWaivers } from "./waive.ts";

const ref: BucketRef = {
  kind: "bucket",
  name: parseBucketName("photos", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};

const waiver = {
  buckets: ["photos"],
  controls: ["ssl-only"],
  reason: "an old camera",
  approver: "jane",
  approved: "2026-11-01",
  expires: "2026-11-30",
};

const drift: Assessment = {
  kind: "drift",
  summary: "plain HTTP works",
  witness: "s3:GetObject over HTTP",
  allowance: { mode: "automatic" },
  intents: [{ document: "versioning", kind: "enable-versioning" }],
};

test.each([
  ["2026-11-01T00:00:00Z", "later"],
  ["2026-11-23T23:59:59Z", "later"],
  ["2026-11-24T00:00:00Z", "within-7-days"],
  ["2026-11-29T23:59:59Z", "within-7-days"],
  ["2026-11-30T00:00:00Z", "within-1-day"],
  ["2026-11-30T23:59:59Z", "within-1-day"],
])("at %s the end of a waiver is %s", (now, ending) => {
  expect(under([waiver], drift, now)).toEqual({
    kind: "waived",
    summary: "plain HTTP works",
    witness: "s3:GetObject over HTTP",
    approver: "jane",
    reason: "an old camera",
    until: "2026-11-30",
    ending,
  });
});

test.each([
  { length: "a day", approved: "2026-11-20T10:15:00.000Z", left: "a second", ending: "later" },
  {
    length: "a week",
    approved: "2026-11-14T10:15:00.000Z",
    left: "a second",
    ending: "within-1-day",
  },
  { length: "a week", approved: "2026-11-14T10:15:00.000Z", left: "a day", ending: "within-1-day" },
])("a waiver of $length with $left left is told as $ending", ({ approved, left, ending }) => {
  const expires = "2026-11-21T10:15:00.000Z";
  const pinned = { ...waiver, controls: ["ssl-only"] as const, approved, expires };
  const now = Date.parse(expires) - (left === "a day" ? 86_400_000 : 1_000);
  const of = { control: "ssl-only", ref, now };
  const found = underWaivers(drift, { valid: [pinned], invalid: [] }, of);
  expect(found).toMatchObject({ kind: "waived", until: expires, ending });
});

test("who gave a waiver for a week is not told at once that it ends", () => {
  const pinned = {
    ...waiver,
    controls: ["ssl-only"] as const,
    approved: "2026-11-14T10:14:00.000Z",
    expires: "2026-11-21T10:15:00.000Z",
  };
  const of = { control: "ssl-only", ref, now: Date.parse("2026-11-14T10:15:00.000Z") };
  const found = underWaivers(drift, { valid: [pinned], invalid: [] }, of);
  expect(found).toMatchObject({ kind: "waived", ending: "later" });
});

test("when a waiver is over, the control acts again and says why", () => {
  expect(under([waiver], drift, "2026-12-01T00:00:00Z")).toEqual({
    ...drift,
    summary: "plain HTTP works (waived by jane until 2026-11-30)",
  });
});

test("where an invalid waiver may mean it, the drift is told and nothing is written", () => {
  expect(under([{ ...waiver, approver: "" }], drift)).toEqual({
    ...drift,
    allowance: {
      mode: "blocked",
      why: "a waiver that may mean it cannot be used (waivers.0.approver: Too small: expected string to have >=1 characters)",
      needs: "that waiver corrected or removed",
    },
    intents: [],
  });
});

test.each<Assessment>([
  { kind: "compliant", evidence: "right" },
  { kind: "not-applicable", why: "no" },
  { kind: "undecided", why: "a variable" },
  { kind: "unread", facets: [] },
])("what is not drift stays what it is: $kind", (assessment) => {
  expect(under([waiver], assessment)).toBe(assessment);
  expect(under([{}], assessment)).toBe(assessment);
});

function under(waivers: readonly object[], found: Assessment, now = "2026-11-10T00:00:00Z") {
  const baseline = parseBaseline({ waivers }, "test");
  return underWaivers(found, baseline.waivers, { control: "ssl-only", ref, now: Date.parse(now) });
}
