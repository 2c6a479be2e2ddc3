import { expect, test } from "vitest";
import { defineBaseline } from "./define.ts";
import { baselineProblems, parseBaseline } from "./document.ts";

const scope = { name: "dev", match: { buckets: ["dev-*"] }, settings: {} };

test.each([
  { name: "without a name", written: { ...scope, name: " " }, place: "scopes.0.name" },
  { name: "without a match", written: { name: "dev", settings: {} }, place: "scopes.0.match" },
  {
    name: "that matches everything",
    written: { ...scope, match: {} },
    place: "scopes.0.match: matches every bucket; settings for every bucket stand at the top",
  },
  {
    name: "with a misspelt criterion",
    written: { ...scope, match: { bukets: ["a"] } },
    place: 'scopes.0.match.bukets: is not a setting. Did you mean "buckets"?',
  },
  {
    name: "with a list of nothing",
    written: { ...scope, match: { buckets: [] } },
    place: "scopes.0.match.buckets: Too small",
  },
  {
    name: "for an account id that lost its quotes",
    written: { ...scope, match: { accounts: [111122223333] } },
    place:
      'scopes.0.match.accounts.0: is a number; write account ids in quotes, e.g. "111122223333"',
  },
  {
    name: "for an account id that lost its zero",
    written: { ...scope, match: { accounts: ["11122223333"] } },
    place: "scopes.0.match.accounts.0: is not an account id of twelve digits",
  },
  {
    name: "for a unit by its name",
    written: { ...scope, match: { organizationalUnits: ["Production"] } },
    place: "scopes.0.match.organizationalUnits.0: is not the id of an organizational unit or root",
  },
  {
    name: "for a Region that does not exist",
    written: { ...scope, match: { regions: ["Europe"] } },
    place: "scopes.0.match.regions.0: is not an AWS Region",
  },
  {
    name: "for a tag that is not text",
    written: { ...scope, match: { tags: { pci: true } } },
    place: "scopes.0.match.tags.pci: write tag values in quotes",
  },
  {
    name: "for no tag",
    written: { ...scope, match: { tags: {} } },
    place: "scopes.0.match.tags: names no tag",
  },
  {
    name: "with a misspelt control",
    written: { ...scope, settings: { "ssl-onyl": {} } },
    place: 'scopes.0.settings.ssl-onyl: is not a setting. Did you mean "ssl-only"?',
  },
  {
    name: "with a misspelt setting of a control",
    written: { ...scope, settings: { "ssl-only": { mod: "alert" } } },
    place: 'scopes.0.settings.ssl-only.mod: is not a setting. Did you mean "mode"?',
  },
  {
    name: "with a setting that makes no sense",
    written: { ...scope, settings: { versioning: { mode: "on" } } },
    place: "scopes.0.settings.versioning.mode: Invalid option",
  },
  {
    name: "that writes without what the write needs",
    written: { ...scope, settings: { "access-logging": { mode: "remediate" } } },
    place: 'scopes.0.settings.access-logging.target: is missing, and "remediate" cannot work',
  },
])("a scope $name is refused by its place", ({ written, place }) => {
  expect(() => parseBaseline({ scopes: [written] }, "warden.yaml")).toThrow(
    `warden.yaml, ${place}`,
  );
});

test("two scopes of one name are refused", () => {
  expect(() => parseBaseline({ scopes: [scope, scope] }, "warden.yaml")).toThrow(
    'warden.yaml, scopes.1.name: "dev" is already the name of scopes.0. Give each scope its own name.',
  );
});

test.each([
  [{ waiverDays: 0 }, "limits.waiverDays: Too small"],
  [{ waiverDays: 1.5 }, "limits.waiverDays: Invalid input: expected int"],
  [{ waiverDays: 3_651 }, "limits.waiverDays: Too big"],
  [{ contested: { times: "3" } }, "limits.contested.times: Invalid input: expected number"],
  [{ contested: { hours: 721 } }, "limits.contested.hours: Too big"],
  [{ writesPerDay: 0 }, "limits.writesPerDay: Too small"],
  [{ largeSweep: { percent: 101 } }, "limits.largeSweep.percent: Too big"],
  [
    { largeSweep: { bucket: 3 } },
    'limits.largeSweep.bucket: is not a setting. Did you mean "buckets"?',
  ],
  [{ waiverDay: 3 }, 'limits.waiverDay: is not a setting. Did you mean "waiverDays"?'],
])("the limits %j are refused", (limits, place) => {
  expect(() => parseBaseline({ limits }, "warden.yaml")).toThrow(`warden.yaml, ${place}`);
});

test("limits have defaults: a quarter for a waiver, three days for an approval", () => {
  expect(parseBaseline({}, "test").limits).toEqual({
    waiverDays: 90,
    contested: { times: 3, hours: 24 },
    approvalHours: 72,
    undoHours: 24,
    writesPerDay: 500,
    readAccessLogs: false,
    largeSweep: { buckets: 20, percent: 20 },
    fullLookHours: 0,
  });
});

test("all that is wrong is said at once", () => {
  const problems = baselineProblems({
    "ssl-only": { mode: "fix" },
    scopes: [{ ...scope, match: {} }],
    limits: { waiverDays: -1 },
  });
  expect(problems.map(({ path }) => path.join("."))).toEqual([
    "ssl-only.mode",
    "scopes.0.match",
    "limits.waiverDays",
  ]);
});

test("what the compiler accepts as a baseline is one", () => {
  const baseline = defineBaseline({
    "ssl-only": { mode: "remediate" },
    "object-lock": { minimum: { mode: "GOVERNANCE", days: 30 } },
    scopes: [{ name: "dev", match: { tags: { env: "dev" } }, settings: { cors: { mode: "off" } } }],
    waivers: [
      {
        buckets: ["photos"],
        controls: ["ssl-only"],
        reason: "an old camera",
        approver: "jane",
        approved: "2026-11-01",
        expires: "2026-11-30",
      },
    ],
    limits: { waiverDays: 30 },
  });
  expect(baselineProblems(baseline)).toEqual([]);
  // @ts-expect-error: a misspelt control is seen while it is written
  expect(baselineProblems(defineBaseline({ "ssl-onyl": {} }))).toHaveLength(1);
});
