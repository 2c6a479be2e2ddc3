import type { PastWork } from "@bucket-warden/core/history";
import type { ManualResult } from "@bucket-warden/functions/by-hand";
import { expect, test } from "vitest";
import { answerLines, timelineOf } from "./describe.ts";

const cause = {
  kind: "manual",
  requestId: "r",
  requestedBy: "bob",
  reason: "an \u001b[31maudit",
} as const;

const repair: PastWork = {
  id: "e-1",
  at: "2026-11-20T10:15:00.000Z",
  cause: { kind: "sweep", sweepId: "s-1" },
  outcome: { kind: "fixed", controls: ["ssl-only", "kms-enforcement"] },
  changes: [{ document: "policy", controls: ["ssl-only"], diff: ["+{", "+}"] }],
  held: [],
};

const refused: PastWork = {
  id: "e-2",
  at: "2026-11-20T10:16:00.000Z",
  cause,
  undo: "e-1",
  outcome: { kind: "blocked", controls: ["ssl-only"], needs: "a person" },
  changes: [],
  held: [
    {
      control: "ssl-only",
      kind: "blocked",
      why: "it was changed",
      next: "",
      conflicts: [{ document: "policy", place: "Mine", written: "{1}", now: "{2}" }],
    },
  ],
};

test("a time line tells oldest first what was written, and what stood in the way", () => {
  expect(timelineOf([refused, repair])).toEqual([
    "2026-11-20T10:15:00.000Z  FIXED ssl-only, kms-enforcement",
    "  entry  e-1",
    "  why    found by sweep s-1",
    "  the policy, for ssl-only:",
    "    +{",
    "    +}",
    "",
    "2026-11-20T10:16:00.000Z  BLOCKED ssl-only",
    "  entry  e-2",
    "  why    asked for by bob: an \ufffd[31maudit",
    "  undid  e-1",
    "  held   ssl-only: it was changed",
    "    Mine",
    "      before   (nothing)",
    "      written  {1}",
    "      now      {2}",
  ]);
});

const result: ManualResult = {
  resource: "photos",
  outcome: { kind: "flagged", controls: ["website"] },
  findings: [
    {
      control: "cors",
      mode: "alert",
      assessment: {
        kind: "unread",
        facets: [
          { facet: "cors", reason: "denied", detail: "AccessDenied" },
          { facet: "policy", reason: "failed", detail: "\u001b[31m" },
        ],
      },
    },
    { control: "website", mode: "alert", assessment: { kind: "undecided", why: "a rule is new" } },
    { control: "versioning", mode: "alert", assessment: { kind: "compliant", evidence: "on" } },
  ],
  held: [
    {
      control: "ssl-only",
      kind: "approval",
      why: "a website",
      next: "approve it",
      impact: ["1 request over plain HTTP of \u001b[31mthem"],
    },
  ],
  changes: repair.changes,
  impact: ["everything over plain HTTP"],
};

const held = [
  "photos  FLAGGED website",
  "  unread cors: cors (AccessDenied), policy (\ufffd[31m)",
  "  unsure website: a rule is new",
  "  held   ssl-only: a website",
  "    would deny  1 request over plain HTTP of \ufffd[31mthem",
  "    approve it",
];
const impact = "  would deny  everything over plain HTTP";
const changes = ["  the policy, for ssl-only:", "    +{", "    +}"];

test("an answer tells what is unknown, held, written and denied, and what is still worked on", () => {
  const answer = { results: [result], pending: ["invoices"] };
  const still = "invoices  is still being worked on";
  expect(answerLines(answer)).toEqual([...held, ...changes, impact, still]);
});

test("of what messages told only the outcome is told again", () => {
  const other: ManualResult = { ...result, resource: "ledger" };
  const lines = answerLines({ results: [result, other], pending: [] }, new Set(["photos"]));
  expect(lines.slice(0, 2)).toEqual(["photos  FLAGGED website", "ledger  FLAGGED website"]);
  expect(lines.length).toBeGreaterThan(2);
});

test("of a bucket that is not there nothing was unread", () => {
  const gone: ManualResult = { ...result, outcome: { kind: "gone" }, held: [], changes: [] };
  expect(answerLines({ results: [gone], pending: [] })).toEqual([
    "photos  GONE: there is no such bucket",
    impact,
  ]);
});
