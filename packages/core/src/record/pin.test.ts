import { expect, test } from "vitest";
import { coverOf } from "../baseline/index.ts";
import type { LedgerEntry } from "../model/entry.ts";
import { absent } from "../model/reading.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Task } from "../model/trigger.ts";
import { ended, waiverFor, waiverGiven } from "./pin.ts";

const place = {
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};
const on = { kind: "bucket", name: parseBucketName("invoices", "test"), ...place } as const;
const other = { ...on, name: parseBucketName("invoices-2", "test") };
const cause = {
  kind: "manual",
  requestId: "r-1",
  requestedBy: "bob",
  reason: "it breaks",
} as const;
const task: Task = { id: "u-1", ref: on, cause, mode: "apply", touches: "all", undo: "e-1" };
const step = {
  document: "policy",
  on,
  controls: ["ssl-only", "kms-enforcement"],
  before: absent,
  after: { text: "{}" },
} as const;
const undone: LedgerEntry = {
  id: "e-1",
  task: { ...task, id: "e-1" },
  startedAt: "",
  endedAt: "",
  findings: [],
  plan: { on, basedOn: {}, steps: [], held: [] },
  receipts: [
    { kind: "written", step, at: "" },
    { kind: "skipped", step: { ...step, controls: ["cors"] }, at: "", why: "it changed" },
  ],
  outcome: { kind: "fixed", controls: step.controls },
  announced: true,
  pending: [],
};
const now = Date.parse("2026-11-20T10:15:00.000Z");
const pinned = waiverFor(task, undone, { now, hours: 24 });

test("an undo waives what it takes back, on that resource, by whoever asked", () => {
  expect(pinned).toEqual({
    id: "u-1",
    waiver: {
      accounts: ["111122223333"],
      buckets: ["invoices"],
      controls: ["ssl-only", "kms-enforcement"],
      reason: "ledger entry e-1 was undone: it breaks",
      approver: "bob",
      approved: "2026-11-20T10:15:00.000Z",
      expires: "2026-11-21T10:15:00.000Z",
    },
  });
  const account = { kind: "account", ...place } as const;
  const { waiver } = waiverFor({ ...task, ref: account }, undone, { now, hours: 1 });
  expect(waiver).not.toHaveProperty("buckets");
});

const lastMoment = now + 24 * 3_600_000 - 1;

test.each([
  { name: "from its first moment", at: now, kind: "waived" },
  { name: "to its last moment", at: lastMoment, kind: "waived" },
  { name: "no longer", at: lastMoment + 1, kind: "none" },
  { name: "not for another bucket", at: now, ref: other, kind: "none" },
  { name: "not for what was not written", at: now, control: "cors", kind: "none" },
])("it holds $name", ({ at, ref = on, control = "ssl-only", kind }) => {
  const waivers = { valid: [pinned.waiver], invalid: [] };
  expect(coverOf(waivers, { control, ref, now: at }).kind).toBe(kind);
});

test("it can be ended at once", () => {
  const { waiver } = ended(pinned, now + 1_000);
  const waivers = { valid: [waiver], invalid: [] };
  expect(coverOf(waivers, { control: "ssl-only", ref: on, now: now + 1_000 }).kind).toBe("none");
});

const asked = { control: "ssl-only", days: 7, reason: "a migration", requestedBy: "carol" };

test("a waiver that somebody gives begins a little early, for clocks that are behind", () => {
  expect(waiverGiven(task, asked, now)).toEqual({
    id: "u-1",
    waiver: {
      accounts: ["111122223333"],
      buckets: ["invoices"],
      controls: ["ssl-only"],
      reason: "a migration",
      approver: "carol",
      approved: "2026-11-20T10:14:00.000Z",
      expires: "2026-11-27T10:15:00.000Z",
    },
  });
});

test("a waiver for what is no bucket is one for that account", () => {
  const region: Task = { ...task, ref: { kind: "region", ...place } };
  const { waiver } = waiverGiven(region, { ...asked, control: "trail-health" }, now);
  expect(waiver).toMatchObject({ accounts: ["111122223333"], controls: ["trail-health"] });
  expect(waiver).not.toHaveProperty("buckets");
});
