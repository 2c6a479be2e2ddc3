import { expect, test } from "vitest";
import { isQuiet } from "./quiet.ts";

const night = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin", weekends: false };

test.each([
  ["at the beginning", "2026-11-20T21:00:00Z", true],
  ["just before", "2026-11-20T20:59:59Z", false],
  ["after midnight", "2026-11-20T23:30:00Z", true],
  ["just before the end", "2026-11-20T05:59:59Z", true],
  ["at the end", "2026-11-20T06:00:00Z", false],
  ["in summer, when the zone is another hour ahead", "2026-07-20T20:00:00Z", true],
  ["on a Saturday at noon", "2026-11-21T12:00:00Z", false],
])("a night in Berlin: %s", (_name, at, quiet) => {
  expect(isQuiet(night, Date.parse(at))).toBe(quiet);
});

test.each([
  ["within", "2026-11-20T12:30:00Z", true],
  ["before", "2026-11-20T11:59:00Z", false],
  ["at the end", "2026-11-20T13:00:00Z", false],
])("a lunch break: %s", (_name, at, quiet) => {
  const lunch = { from: "12:00", to: "13:00", timeZone: "UTC", weekends: false };
  expect(isQuiet(lunch, Date.parse(at))).toBe(quiet);
});

test.each([
  ["Friday, late in the evening there", "2026-11-20T10:59:00Z", false],
  ["Saturday there, Friday here", "2026-11-20T11:30:00Z", true],
  ["Sunday there", "2026-11-21T23:00:00Z", true],
  ["Monday there, Sunday here", "2026-11-22T18:00:00Z", false],
])("weekends are quiet as a whole, in the time of the zone: %s", (_name, at, quiet) => {
  const hours = { from: "00:00", to: "00:01", timeZone: "Pacific/Auckland", weekends: true };
  expect(isQuiet(hours, Date.parse(at))).toBe(quiet);
});

test("without quiet hours it is never quiet", () => {
  expect(isQuiet(undefined, 0)).toBe(false);
});
