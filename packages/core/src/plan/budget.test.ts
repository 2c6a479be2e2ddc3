import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Plan } from "../model/plan.ts";
import { absent } from "../model/reading.ts";
import type { Cause } from "../model/trigger.ts";
import { withinBudget } from "./budget.ts";

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
const sweep: Cause = { kind: "sweep", sweepId: "s-1" };

test("within the budget the plan is what it was, and each of its writes counts", async () => {
  const taken: number[] = [];
  const take = async (writes: number) => taken.push(writes) > 0;
  expect(await withinBudget(plan, { perDay: 500, cause: sweep, take })).toBe(plan);
  expect(taken).toEqual([2]);
});

test("beyond it nothing is written, not even a part, and every control says why", async () => {
  const { steps, held: all } = await withinBudget(plan, {
    perDay: 500,
    cause: sweep,
    take: async () => false,
  });
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

test.each<{ name: string; plan: Plan; cause: Cause }>([
  { name: "no write", plan: { ...plan, steps: [] }, cause: sweep },
  {
    name: "what a person asks for",
    plan,
    cause: { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "SEC-1" },
  },
])("$name takes nothing out of it", async ({ plan: asked, cause }) => {
  const take = () => Promise.reject(new Error("taken"));
  expect(await withinBudget(asked, { perDay: 1, cause, take })).toBe(asked);
});
