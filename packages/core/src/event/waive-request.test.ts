import { expect, test } from "vitest";
import { asksToWaive, parseWaive, type WaiveDefaults } from "./waive-request.ts";

const defaults: WaiveDefaults = {
  id: "request-1",
  account: "111122223333",
  region: "eu-west-1",
  knownControls: [
    { id: "ssl-only", target: "bucket" },
    { id: "trail-health", target: "region" },
  ],
  mostDays: 30,
};
const asked = { mode: "apply", reason: " a migration ", requestedBy: "bob" } as const;
const least = { ...asked, waive: "ssl-only", days: 7, bucket: "invoices" };

test("a waiver is asked for one control on one bucket", () => {
  expect(parseWaive(least, defaults)).toEqual({
    kind: "waive",
    id: "request-1",
    control: "ssl-only",
    days: 7,
    account: "111122223333",
    bucket: { name: "invoices", region: "eu-west-1" },
    mode: "apply",
    reason: "a migration",
    requestedBy: "bob",
  });
});

test("a control that is about an account is waived there", () => {
  const request = { ...asked, waive: "trail-health", days: 30, account: "444455556666" };
  expect(parseWaive(request, defaults)).toEqual({
    kind: "waive",
    id: "request-1",
    control: "trail-health",
    days: 30,
    account: "444455556666",
    mode: "apply",
    reason: "a migration",
    requestedBy: "bob",
  });
});

test.each([
  { name: "a control that there is not", change: { waive: "ssl" }, says: "request.waive: " },
  { name: "no control", change: { waive: " " }, says: "request.waive: " },
  { name: "no days", change: { days: 0 }, says: "request.days: " },
  { name: "part of a day", change: { days: 0.5 }, says: "request.days: " },
  {
    name: "more days than the baseline allows",
    change: { days: 31 },
    says: "request.days: it is 31, and limits.waiverDays of the baseline allows 30",
  },
  {
    name: "no bucket for a control about buckets",
    change: { bucket: undefined },
    says: "request.bucket: ssl-only is about buckets, and none is named",
  },
  {
    name: "a bucket for a control about something else",
    change: { waive: "trail-health" },
    says: "request.bucket: trail-health is not about a bucket",
  },
  { name: "no reason", change: { reason: "  " }, says: "request.reason: " },
  { name: "nobody who asks", change: { requestedBy: undefined }, says: "request.requestedBy: " },
  { name: "an approval", change: { approval: "a/b/c" }, says: "request: " },
  { name: "a pattern of buckets", change: { bucket: "*" }, says: "request.bucket: " },
])("$name is refused", ({ change, says }) => {
  expect(() => parseWaive({ ...least, ...change }, defaults)).toThrow(says);
});

test.each([
  { request: least, asks: true },
  { request: { waive: undefined }, asks: true },
  { request: { ...asked, bucket: "invoices" }, asks: false },
  { request: null, asks: false },
  { request: "waive", asks: false },
])("whether $request asks for a waiver", ({ request, asks }) => {
  expect(asksToWaive(request)).toBe(asks);
});
