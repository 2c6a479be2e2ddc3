import type { Assessment, Finding, Outcome } from "@bucket-warden/core/model";
import type { ManualResult } from "@bucket-warden/functions/by-hand";
import { expect, test } from "vitest";
import { exitCodeOf } from "./exit-code.ts";

const assessments = {
  compliant: { kind: "compliant", evidence: "it is right" },
  drift: { kind: "drift", summary: "wrong", allowance: { mode: "automatic" }, intents: [] },
  unread: { kind: "unread", facets: [{ facet: "cors", reason: "denied", detail: "denied" }] },
  undecided: { kind: "undecided", why: "a rule is new" },
} as const satisfies Record<string, Assessment>;

/** Controls are named after what was found. */
function found(kind: keyof typeof assessments): Finding {
  return { control: kind, mode: "remediate", assessment: assessments[kind] };
}

function resultOf(outcome: Outcome, ...kinds: readonly (keyof typeof assessments)[]): ManualResult {
  return { resource: "photos", outcome, findings: kinds.map(found), held: [], changes: [] };
}

const planned = { kind: "planned", steps: 0 } as const;
const flagged = (control: string) => ({ kind: "flagged", controls: [control] }) as const;
const blocked = { kind: "blocked", controls: ["unread"], needs: "every setting" } as const;

test.each<{ name: string; result: ManualResult; code: number }>([
  { name: "clean", result: resultOf({ kind: "clean" }, "compliant"), code: 0 },
  { name: "fixed", result: resultOf({ kind: "fixed", controls: ["drift"] }, "drift"), code: 0 },
  { name: "undone", result: resultOf({ kind: "undone", controls: ["drift"] }), code: 0 },
  { name: "planned, nothing found", result: resultOf(planned, "compliant"), code: 0 },
  {
    name: "planned, drift among the unknown",
    result: resultOf(planned, "unread", "drift"),
    code: 2,
  },
  { name: "planned, something unread", result: resultOf(planned, "compliant", "unread"), code: 3 },
  { name: "planned, something undecided", result: resultOf(planned, "undecided"), code: 3 },
  { name: "drift that is left", result: resultOf(flagged("drift"), "drift"), code: 2 },
  {
    name: "drift that was repaired beside something undecided",
    result: resultOf(flagged("undecided"), "drift", "undecided"),
    code: 3,
  },
  {
    name: "drift that is held beside something unread",
    result: {
      ...resultOf(blocked, "unread"),
      held: [{ control: "website", kind: "flagged", why: "a person decides", next: "" }],
    },
    code: 2,
  },
  { name: "unread", result: resultOf(blocked, "unread"), code: 3 },
  { name: "not over", result: resultOf({ kind: "retry", afterSeconds: 1, why: "" }), code: 3 },
  { name: "not there", result: resultOf({ kind: "gone" }, "unread"), code: 1 },
])("$name is told by $code", ({ result, code }) => {
  expect(exitCodeOf({ results: [result], pending: [] })).toBe(code);
});

test("the worst of several counts, and what is still worked on is not known", () => {
  const clean = resultOf({ kind: "clean" });
  const unread = resultOf(blocked, "unread");
  const drifted = resultOf(planned, "drift");
  const gone = resultOf({ kind: "gone" });
  const code = (...results: readonly ManualResult[]) => exitCodeOf({ results, pending: [] });
  expect([code(), code(clean, unread), code(unread, drifted), code(drifted, gone)]).toEqual([
    0, 3, 2, 1,
  ]);
  expect(exitCodeOf({ results: [clean], pending: ["photos"] })).toBe(3);
});
