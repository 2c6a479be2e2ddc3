import { expect, test } from "vitest";
import type { LedgerEntry } from "../model/entry.ts";
import type { Finding } from "../model/finding.ts";
import type { Outcome } from "../model/outcome.ts";
import type { PlanStep } from "../model/plan.ts";
import { absent } from "../model/reading.ts";
import type { Receipt } from "../model/receipt.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Cause } from "../model/trigger.ts";
import type { Assessment } from "../model/verdict.ts";
import { isWorthRecording } from "./entry.ts";
import { nextStates, stateOf } from "./states.ts";

function finding(assessment: Assessment, control = "a"): Finding {
  return { control, mode: "remediate", assessment };
}

const drift: Assessment = {
  kind: "drift",
  summary: "it drifted",
  witness: "a request",
  allowance: { mode: "automatic" },
  intents: [],
};
const waived: Assessment = {
  kind: "waived",
  summary: "it drifted",
  approver: "jane",
  reason: "a camera",
  until: "2026-11-30",
  ending: "later",
};
const unread: Assessment = {
  kind: "unread",
  facets: [{ facet: "policy", reason: "denied", detail: "AccessDenied: request 1" }],
};

test.each<{ name: string; one: Assessment; other: Assessment }>([
  {
    name: "compliant with other evidence",
    one: { kind: "compliant", evidence: "x" },
    other: { kind: "compliant", evidence: "y" },
  },
  {
    name: "not applicable for another reason",
    one: { kind: "not-applicable", why: "x" },
    other: { kind: "not-applicable", why: "y" },
  },
  {
    name: "drift with another repair",
    one: drift,
    other: { ...drift, intents: [{ document: "versioning", kind: "enable-versioning" }] },
  },
  {
    name: "unread with another request id",
    one: unread,
    other: {
      kind: "unread",
      facets: [{ facet: "policy", reason: "denied", detail: "AccessDenied: request 2" }],
    },
  },
  {
    name: "a waiver with another reason",
    one: waived,
    other: { ...waived, reason: "two cameras" },
  },
])("$name says the same", ({ one, other }) => {
  expect(stateOf(finding(one))).toEqual(stateOf(finding(other)));
});

test("compliant and not applicable say the same: nothing is wrong", () => {
  const right = stateOf(finding({ kind: "compliant", evidence: "" }));
  const foreign = stateOf(finding({ kind: "not-applicable", why: "" }));
  expect([right.kind, foreign.kind]).toEqual(["compliant", "not-applicable"]);
  expect(right.print).toBe(foreign.print);
});

const doubt: Assessment = { kind: "undecided", why: "x" };

// Until then people heard that the baseline only alerts; now their approval is awaited.
test.each<{ name: string; assessment: Assessment; isNews: boolean }>([
  { name: "drift", assessment: drift, isNews: true },
  { name: "doubt", assessment: doubt, isNews: false },
  { name: "an unread setting", assessment: unread, isNews: false },
  { name: "compliance", assessment: { kind: "compliant", evidence: "" }, isNews: false },
])("the same $name under another mode is news: $isNews", ({ assessment, isNews }) => {
  const prints = (["remediate", "approve", "alert"] as const).map(
    (mode) => stateOf({ control: "a", mode, assessment }).print,
  );
  expect(new Set(prints).size).toBe(isNews ? 3 : 1);
});

test.each<{ name: string; one: Assessment; other: Assessment }>([
  { name: "drift of another kind", one: drift, other: { ...drift, summary: "it drifted more" } },
  { name: "drift with another witness", one: drift, other: { ...drift, witness: "another" } },
  {
    name: "drift that now needs approval",
    one: drift,
    other: { ...drift, allowance: { mode: "approval", why: "a website" } },
  },
  {
    name: "undecided for another reason",
    one: { kind: "undecided", why: "x" },
    other: { kind: "undecided", why: "y" },
  },
  {
    name: "unread for another reason",
    one: unread,
    other: { kind: "unread", facets: [{ facet: "policy", reason: "failed", detail: "" }] },
  },
  {
    name: "another facet unread",
    one: unread,
    other: { kind: "unread", facets: [{ facet: "website", reason: "denied", detail: "" }] },
  },
  { name: "drift that is waived", one: drift, other: waived },
  {
    name: "a waiver that is near its end",
    one: waived,
    other: { ...waived, ending: "within-7-days" },
  },
  { name: "a waiver that was renewed", one: waived, other: { ...waived, until: "2026-12-31" } },
  { name: "drift that was doubt", one: { kind: "undecided", why: "it drifted" }, other: drift },
])("$name is news", ({ one, other }) => {
  expect(stateOf(finding(one))).not.toEqual(stateOf(finding(other)));
});

test("the kind is kept readable beside the print", () => {
  const print = expect.stringMatching(/^[0-9a-f]{32}$/);
  expect(stateOf(finding(drift))).toEqual({ kind: "drift", print });
});

test("judged controls are renewed; pending ones and those not looked at stay", () => {
  const old = { kind: "drift", print: "old" } as const;
  const right = finding({ kind: "compliant", evidence: "" }, "judged");
  const findings = [right, finding(drift, "pending"), finding(drift, "new")];
  expect(
    nextStates({ judged: old, pending: old, elsewhere: old }, findings, new Set(["pending"])),
  ).toEqual({
    judged: stateOf(right),
    pending: old,
    elsewhere: old,
    new: stateOf(finding(drift)),
  });
});

const event: Cause = {
  kind: "event",
  eventName: "PutBucketPolicy",
  eventId: "e-1",
  eventTime: "2026-11-20T10:15:00Z",
  actor: { arn: "arn", type: "IAMUser" },
};
const manual: Cause = { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "audit" };

const step: PlanStep = {
  document: "policy",
  on: {
    kind: "bucket",
    name: parseBucketName("invoices", "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  },
  controls: ["a"],
  before: absent,
  after: { text: "{}" },
};
const receipt: Receipt = { kind: "written", step, at: "2026-11-20T10:15:00.000Z" };

const sweep: Cause = { kind: "sweep", sweepId: "s-1" };

interface Recorded {
  readonly outcome: Outcome;
  readonly cause: Cause;
  readonly receipts?: readonly Receipt[];
  readonly isNews?: boolean;
  readonly worth: boolean;
}

test.each<Recorded>([
  { outcome: { kind: "clean" }, cause: event, worth: false },
  { outcome: { kind: "clean" }, cause: sweep, worth: false },
  { outcome: { kind: "flagged", controls: [] }, cause: sweep, worth: false },
  { outcome: { kind: "flagged", controls: [] }, cause: sweep, isNews: true, worth: true },
  { outcome: { kind: "flagged", controls: [] }, cause: sweep, receipts: [receipt], worth: true },
  { outcome: { kind: "flagged", controls: [] }, cause: manual, worth: true },
  { outcome: { kind: "awaiting-approval", controls: [] }, cause: sweep, worth: true },
  { outcome: { kind: "clean" }, cause: manual, worth: true },
  { outcome: { kind: "clean" }, cause: event, receipts: [receipt], worth: true },
  { outcome: { kind: "fixed", controls: [] }, cause: event, worth: true },
  { outcome: { kind: "flagged", controls: [] }, cause: event, worth: true },
  { outcome: { kind: "awaiting-approval", controls: [] }, cause: event, worth: true },
  { outcome: { kind: "blocked", controls: [], needs: "" }, cause: event, worth: true },
  { outcome: { kind: "retry", afterSeconds: 5, why: "" }, cause: event, worth: true },
  { outcome: { kind: "gone" }, cause: event, worth: true },
])("$outcome.kind after a cause of kind $cause.kind is worth a record: $worth", (row) => {
  const { outcome, cause, receipts = [], isNews = false, worth } = row;
  // Nothing else of an entry counts.
  const entry = { outcome, task: { cause }, receipts } as unknown as LedgerEntry;
  expect(isWorthRecording(entry, isNews)).toBe(worth);
});
