import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Plan } from "../model/plan.ts";
import { absent } from "../model/reading.ts";
import type { Cause } from "../model/trigger.ts";
import { beyondBudget, isBudgeted } from "./budget.ts";

const held = { control: "cors", kind: "approval", why: "pages may break", next: "look" } as const;
const step = { document: "policy", on, before: absent, after: { text: "{}" } } as const;
const plan: Plan = {
  on,
  basedOn: {},
  steps: [
    { ...step, controls: ["ssl-only", "kms-enforcement"] },
    {
      document: "versioning",
      on,
      controls: ["versioning"],
      before: absent,
      after: { status: "enabled", mfaDelete: "disabled" },
    },
  ],
  held: [held],
};
test("beyond the budget nothing is written, not even a part, and every control says why", () => {
  const { steps, held: all } = beyondBudget(plan, 500);
  expect(steps).toEqual([]);
  expect(all).toEqual([
    held,
    ...["ssl-only", "kms-enforcement", "versioning"].map((control) => ({
      control,
      kind: "blocked",
      guard: "write-budget",
      why: "account 111122223333 has had the 500 writes that are allowed a day",
      next: expect.stringContaining("limits.writesPerDay"),
    })),
  ]);
});

test.each<{ name: string; cause: Cause; counts: boolean }>([
  { name: "a sweep", cause: { kind: "sweep", sweepId: "s-1" }, counts: true },
  {
    name: "a person",
    cause: { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "SEC-1" },
    counts: false,
  },
])("what $name asks for counts: $counts", ({ cause, counts }) => {
  expect(isBudgeted(cause)).toBe(counts);
});
