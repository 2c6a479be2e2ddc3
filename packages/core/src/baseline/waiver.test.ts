import { expect, test } from "vitest";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { baselineProblems, parseBaseline } from "./document.ts";
import { coverOf, endOf } from "./waiver.ts";

const photos: BucketRef = {
  kind: "bucket",
  name: parseBucketName("photos", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};

const waiver = {
  buckets: ["photos"],
  controls: ["ssl-only"],
  reason: "an old camera speaks plain HTTP",
  approver: "jane@example.com",
  approved: "2026-11-01",
  expires: "2026-11-30",
};

const during = Date.parse("2026-11-21T12:00:00Z");

test.each([
  { name: "by its name", written: waiver },
  { name: "by a pattern", written: { ...waiver, buckets: ["logs", "ph*"] } },
  { name: "in its account", written: { ...waiver, accounts: ["111122223333"] } },
  { name: "with a ticket", written: { ...waiver, ticket: "SEC-42" } },
  { name: "among other controls", written: { ...waiver, controls: ["cors", "ssl-only"] } },
  { name: "from the first moment of its first day", written: waiver, now: "2026-11-01T00:00:00Z" },
  { name: "to the last moment of its last day", written: waiver, now: "2026-11-30T23:59:59Z" },
  {
    name: "beside a waiver that cannot be read",
    written: waiver,
    beside: [{}],
  },
])("drift is waived $name", ({ written, now = during, beside = [] }) => {
  const cover = coverAt([...beside, written], now);
  expect(cover).toEqual({ kind: "waived", waiver: written });
});

test.each([
  { name: "of another bucket", written: { ...waiver, buckets: ["photo"] } },
  { name: "in another account", written: { ...waiver, accounts: ["444455556666"] } },
  { name: "of another control", written: { ...waiver, controls: ["cors"] } },
  { name: "that has not begun", written: waiver, now: "2026-10-31T23:59:59Z" },
])("a waiver $name does not count", ({ written, now = during }) => {
  expect(coverAt([written], now)).toEqual({ kind: "none" });
});

test("a waiver that is over does not count, and is named", () => {
  const cover = coverAt([waiver], "2026-12-01T00:00:00Z");
  expect(cover).toEqual({ kind: "none", lapsed: waiver });
});

test.each([
  { name: "no approver", written: without("approver"), place: "waivers.0.approver" },
  { name: "no reason", written: { ...waiver, reason: "  " }, place: "waivers.0.reason" },
  { name: "no end", written: without("expires"), place: "waivers.0.expires" },
  {
    name: "a day that does not exist",
    written: { ...waiver, expires: "2026-11-31" },
    place: "waivers.0.expires: is not a day, e.g. 2026-11-21",
  },
  {
    name: "an end before its approval",
    written: { ...waiver, expires: "2026-10-31" },
    place: "waivers.0.expires: is before the approval on 2026-11-01",
  },
  {
    name: "an end too far away",
    written: { ...waiver, expires: "2027-01-31" },
    place: "waivers.0.expires: is 91 days after the approval, and limits.waiverDays allows 90",
  },
  {
    name: "a member nobody knows",
    written: { ...waiver, until: "x" },
    place: "waivers.0.until: is not a setting",
  },
  { name: "no buckets", written: without("buckets"), place: "waivers.0.buckets" },
  {
    name: "a control that does not exist",
    written: { ...waiver, controls: ["ssl-onyl"] },
    place: "waivers.0.controls.0",
  },
  { name: "nothing at all", written: null, place: "waivers.0" },
  {
    name: "an account id that lost its quotes",
    written: { ...waiver, accounts: [111122223333] },
    place: "waivers.0.accounts.0: is a number; write account ids in quotes",
  },
])("a waiver with $name leaves nobody sure, so nothing is written", ({ written, place }) => {
  const cover = coverAt([written], during);
  expect(cover.kind).toBe("unsure");
  expect(cover).toMatchObject({ why: expect.stringContaining(place) });
});

test.each([
  { name: "another bucket", written: { ...waiver, buckets: ["logs"], expires: "soon" } },
  { name: "another control", written: { ...waiver, controls: ["cors"], reason: "" } },
  { name: "another account", written: { ...waiver, accounts: ["444455556666"], approver: 7 } },
])("a bad waiver that is clearly for $name does not stop this one", ({ written }) => {
  expect(coverAt([written], during)).toEqual({ kind: "none" });
});

test("a bad waiver is a problem to whoever checks the baseline, and the others still count", () => {
  const input = {
    waivers: [{ ...waiver, expires: "2027-11-30" }, waiver],
    limits: { waiverDays: 30 },
  };
  expect(baselineProblems(input)).toEqual([
    {
      path: ["waivers", 0, "expires"],
      problem: "is 394 days after the approval, and limits.waiverDays allows 30",
      remedy: "Correct it; until then nothing is written where this waiver may be meant.",
    },
  ]);
  expect(parseBaseline(input, "test").waivers.valid).toEqual([waiver]);
});

test("a waiver ends with its last day", () => {
  expect(new Date(endOf(waiver as Parameters<typeof endOf>[0])).toISOString()).toBe(
    "2026-12-01T00:00:00.000Z",
  );
});

function without(member: keyof typeof waiver): object {
  return Object.fromEntries(Object.entries(waiver).filter(([key]) => key !== member));
}

function coverAt(waivers: readonly unknown[], now: number | string) {
  const at = typeof now === "number" ? now : Date.parse(now);
  const baseline = parseBaseline({ waivers }, "test");
  return coverOf(baseline.waivers, { control: "ssl-only", ref: photos, now: at });
}
