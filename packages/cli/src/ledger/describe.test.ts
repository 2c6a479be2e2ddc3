import type { PastWork } from "@bucket-warden/core/history";
import { expect, test } from "vitest";
import { timelineOf } from "./describe.ts";

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
