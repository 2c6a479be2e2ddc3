import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Finding } from "../model/finding.ts";
import type { Held, PlanStep } from "../model/plan.ts";
import { absent } from "../model/reading.ts";
import type { Receipt } from "../model/receipt.ts";
import type { Assessment } from "../model/verdict.ts";
import type { Notice } from "./message.ts";
import { noticesOf, type Story } from "./notices.ts";

const compliant: Assessment = { kind: "compliant", evidence: "it is right" };
const notApplicable: Assessment = { kind: "not-applicable", why: "not here" };
const drift: Assessment = {
  kind: "drift",
  summary: "it drifted",
  witness: "anonymous may read",
  allowance: { mode: "automatic" },
  intents: [],
};
const undecided: Assessment = { kind: "undecided", why: "a policy variable" };
const unread = {
  kind: "unread",
  facets: [
    { facet: "policy", reason: "denied", detail: "AccessDenied" },
    { facet: "website", reason: "denied", detail: "AccessDenied" },
  ],
} as const satisfies Assessment;
const unanswered = {
  kind: "unread",
  facets: [{ facet: "policy", reason: "failed", detail: "TimeoutError" }],
} as const satisfies Assessment;

function finding(assessment: Assessment): Finding {
  return { control: "a", mode: "remediate", assessment };
}

const step: PlanStep = {
  document: "policy",
  on,
  controls: ["a"],
  before: absent,
  after: { text: "{}" },
};
const logging: PlanStep = {
  document: "logging",
  on,
  controls: ["a"],
  before: absent,
  after: { targetBucket: "logs", targetPrefix: "", enabled: {} },
};
const at = "2026-11-20T00:00:00.000Z";
const written: Receipt = { kind: "written", step, at };
const failed: Receipt = { kind: "failed", step, at, error: "AccessDenied", retry: false };
const skipped: Receipt = { kind: "skipped", step, at, why: "the policy changed" };

interface Row {
  readonly name: string;
  /** What people were told last; nothing when the control was never looked at. */
  readonly told?: { readonly kind: Assessment["kind"]; readonly print: string };
  readonly before?: Assessment;
  readonly now: { readonly assessment: Assessment; readonly print: string };
  readonly receipts?: readonly Receipt[];
  readonly held?: Held;
  readonly notice?: Notice;
}

function storyOf({ told, before, now, receipts = [], held }: Row): Story {
  const { assessment, print } = now;
  return {
    before: [finding(before ?? assessment)],
    after: [finding(assessment)],
    plan: { on, basedOn: {}, steps: [], held: held === undefined ? [] : [held] },
    receipts,
    told: told === undefined ? {} : { a: told },
    now: { a: { kind: assessment.kind, print } },
    pending: new Set(),
  };
}

const wasRight = { kind: "compliant", print: "1" } as const;
const wasDrift = { kind: "drift", print: "2" } as const;
const isRight = { assessment: compliant, print: "1" };
const isDrift = { assessment: drift, print: "2" };
const flag: Held = { control: "a", kind: "flagged", why: "only root can", next: "aws …" };

const fixed: Notice = {
  kind: "fixed",
  control: "a",
  saw: "it drifted",
  did: "wrote the policy, read it back, and it is right",
  next: "",
  witness: "anonymous may read",
};
const flagged: Notice = {
  kind: "flagged",
  control: "a",
  news: "new",
  saw: "it drifted",
  did: "nothing was written: only root can",
  next: "aws …",
  witness: "anonymous may read",
};
const unrepaired: Notice = {
  ...flagged,
  kind: "blocked",
  next: "look at it; the next sweep tries again",
};
const recovered: Notice = {
  kind: "recovered",
  control: "a",
  saw: "it is right",
  did: "nothing; somebody else did",
  next: "",
};
const cannotDecide: Notice = {
  kind: "undecided",
  control: "a",
  news: "new",
  saw: "it cannot be decided: a policy variable",
  did: "nothing was written, because a guess could do harm",
  next: "look at it by hand",
};
const cannotRead: Notice = {
  kind: "unread",
  control: "a",
  news: "new",
  saw: "could not read: policy (AccessDenied), website (AccessDenied)",
  did: "nothing was written, because what cannot be read is unknown, not wrong",
  next: "give the remediation role permission to read it, or look who denies it",
};

const waived = {
  kind: "waived",
  summary: "it drifted",
  witness: "anonymous may read",
  approver: "jane",
  reason: "a camera",
  ticket: "SEC-42",
  until: "2026-11-30",
  ending: "later",
} as const satisfies Assessment;
const nearItsEnd = { ...waived, ending: "within-7-days" } as const;
const waiverEnding: Notice = {
  kind: "waiver-ending",
  control: "a",
  saw: "it drifted; it is waived until 2026-11-30 by jane (a camera, SEC-42)",
  did: "nothing: it is waived",
  next: "put it right, or renew the waiver; after its last day the control acts again",
  witness: "anonymous may read",
};

test.each<Row>([
  { name: "drift that is waived", now: { assessment: waived, print: "w" } },
  {
    name: "told drift that is waived now",
    told: wasDrift,
    now: { assessment: waived, print: "w" },
  },
  { name: "waived drift that is right now", told: { kind: "waived", print: "w" }, now: isRight },
  {
    name: "a waiver whose nearing end was told",
    told: { kind: "waived", print: "w7" },
    now: { assessment: nearItsEnd, print: "w7" },
  },
  { name: "a bucket that is right and new to us", now: isRight },
  { name: "a bucket that is right as before", told: wasRight, now: isRight },
  { name: "a control that does not apply", now: { assessment: notApplicable, print: "n" } },
  { name: "drift that was told", told: wasDrift, now: isDrift, held: flag },
  {
    name: "doubt that was told",
    told: { kind: "undecided", print: "3" },
    now: { assessment: undecided, print: "3" },
  },
  {
    name: "an unread setting that was told",
    told: { kind: "unread", print: "4" },
    now: { assessment: unread, print: "4" },
  },
  {
    name: "a control that was right and no longer applies",
    told: wasRight,
    now: { assessment: notApplicable, print: "n" },
  },
  {
    name: "drift that was told and still does not hold",
    told: wasDrift,
    before: drift,
    now: isDrift,
    receipts: [written],
  },
])("silence about $name", (row) => {
  expect(noticesOf(storyOf(row))).toEqual([]);
});

test.each<Row>([
  {
    name: "a waiver near its end",
    told: { kind: "waived", print: "w" },
    now: { assessment: nearItsEnd, print: "w7" },
    notice: waiverEnding,
  },
  {
    name: "drift that was waived",
    told: { kind: "waived", print: "w" },
    now: isDrift,
    held: flag,
    notice: { ...flagged, news: "worse" },
  },
  { name: "drift on a new bucket", now: isDrift, held: flag, notice: flagged },
  { name: "new drift", told: wasRight, now: isDrift, held: flag, notice: flagged },
  {
    name: "other drift than was told",
    told: wasDrift,
    now: { assessment: drift, print: "other" },
    held: flag,
    notice: { ...flagged, news: "changed" },
  },
  {
    name: "drift where nobody could tell before",
    told: { kind: "unread", print: "4" },
    now: isDrift,
    held: flag,
    notice: { ...flagged, news: "worse" },
  },
  {
    name: "doubt where there was drift",
    told: wasDrift,
    now: { assessment: undecided, print: "3" },
    notice: { ...cannotDecide, news: "changed" },
  },
  {
    name: "drift that waits for approval",
    now: isDrift,
    held: { control: "a", kind: "approval", why: "a website", next: "invoke …" },
    notice: {
      ...flagged,
      kind: "approval-wanted",
      did: "nothing was written: a website",
      next: "invoke …",
    },
  },
  {
    name: "drift that is blocked",
    now: isDrift,
    held: { control: "a", kind: "blocked", why: "no key", next: "needs a key" },
    notice: {
      ...flagged,
      kind: "blocked",
      did: "nothing was written: no key",
      next: "needs a key",
    },
  },
  {
    name: "drift whose write was refused",
    now: isDrift,
    receipts: [failed],
    notice: { ...unrepaired, did: "tried to write the policy: AccessDenied" },
  },
  {
    name: "drift whose document changed before each write",
    now: isDrift,
    receipts: [skipped],
    notice: { ...unrepaired, did: "nothing was written: the policy changed" },
  },
  {
    name: "drift that was written away and is there again, which is no repair",
    told: wasRight,
    before: drift,
    now: isDrift,
    receipts: [written],
    notice: {
      ...unrepaired,
      did: "wrote the policy, but it does not hold: somebody changes it back, or S3 shows it late",
    },
  },
  {
    name: "what came last of several deliveries",
    now: isDrift,
    receipts: [written, skipped, failed],
    notice: { ...unrepaired, did: "tried to write the policy: AccessDenied" },
  },
  {
    name: "drift of which the work of another control says nothing",
    now: isDrift,
    receipts: [{ ...failed, step: { ...step, controls: ["b"] } }],
    notice: { ...unrepaired, did: "nothing was written" },
  },
  {
    name: "a repair",
    told: wasRight,
    before: drift,
    now: isRight,
    receipts: [written],
    notice: fixed,
  },
  {
    name: "the repair of drift that was told",
    told: wasDrift,
    before: drift,
    now: isRight,
    receipts: [written],
    notice: fixed,
  },
  {
    name: "a repair in two documents",
    before: drift,
    now: isRight,
    receipts: [written, { ...written, step: logging }],
    notice: {
      ...fixed,
      did: "wrote the policy and the logging, read it back, and it is right",
    },
  },
  {
    name: "the repair of a delivery that was interrupted",
    before: compliant,
    now: isRight,
    receipts: [written],
    notice: {
      kind: "fixed",
      control: "a",
      saw: "drift, before this work was interrupted",
      did: "wrote the policy, read it back, and it is right",
      next: "",
    },
  },
  { name: "the recovery from drift", told: wasDrift, now: isRight, notice: recovered },
  {
    name: "the recovery from doubt",
    told: { kind: "undecided", print: "3" },
    now: isRight,
    notice: recovered,
  },
  {
    name: "the recovery from an unread setting",
    told: { kind: "unread", print: "4" },
    now: { assessment: notApplicable, print: "n" },
    notice: { ...recovered, saw: "it no longer applies" },
  },
  {
    name: "doubt",
    told: wasRight,
    now: { assessment: undecided, print: "3" },
    notice: cannotDecide,
  },
  {
    name: "a setting that cannot be read any more",
    told: wasRight,
    now: { assessment: unread, print: "4" },
    notice: cannotRead,
  },
  {
    name: "a setting that is not denied, but does not answer",
    now: { assessment: unanswered, print: "5" },
    notice: {
      ...cannotRead,
      saw: "could not read: policy (TimeoutError)",
      next: "look why AWS does not answer; the next sweep tries again",
    },
  },
  {
    name: "a setting that is denied beside one that does not answer",
    now: {
      assessment: { ...unread, facets: [...unanswered.facets, ...unread.facets] },
      print: "6",
    },
    notice: {
      ...cannotRead,
      saw: "could not read: policy (TimeoutError), policy (AccessDenied), website (AccessDenied)",
    },
  },
])("a notice of $name", (row) => {
  expect(noticesOf(storyOf(row))).toEqual([row.notice]);
});

test("nothing is said of what is pending", () => {
  const row = { name: "", told: wasRight, now: isDrift, held: flag };
  expect(noticesOf({ ...storyOf(row), pending: new Set(["a"]) })).toEqual([]);
});

// Two deliveries wrote it, because S3 showed the first write late: one repair of one document.
test("a document that was written twice is named once", () => {
  const row = { name: "", before: drift, now: isRight, receipts: [written, written] };
  expect(noticesOf(storyOf(row))).toEqual([fixed]);
});

// At the end of all patience something was written, and the notice must not deny it.
test.each([unread, undecided])("what is $kind after a write is not called unwritten", (after) => {
  const now = { assessment: after, print: "9" };
  const [notice] = noticesOf(storyOf({ name: "", before: drift, now, receipts: [written] }));
  expect(notice?.did).not.toContain("nothing was written");
});
