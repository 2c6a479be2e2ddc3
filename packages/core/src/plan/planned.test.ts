import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Plan } from "../model/plan.ts";
import { present } from "../model/reading.ts";
import { asPlanned, movedSince, planName } from "./planned.ts";

const before = present({ status: "suspended", mfaDelete: "disabled" } as const);
const plan: Plan = {
  on,
  basedOn: { versioning: before.fingerprint, cors: "absent", kmsLoad: "a", lastLog: "b" },
  steps: [
    {
      document: "versioning",
      on,
      controls: ["versioning"],
      before,
      after: { status: "enabled", mfaDelete: "disabled" },
    },
  ],
  held: [{ control: "access-logging", kind: "blocked", why: "w", next: "n", behind: on }],
};
const planned = planName(plan);
const { behind: _, ...left } = { ...plan.held[0] };

test("without a plan made before, everything is as it was", () => {
  expect(asPlanned(plan, {})).toBe(plan);
});

test("just that plan is carried out, and nothing of what others would have to write first", () => {
  expect(asPlanned(plan, { planned })).toEqual({ ...plan, held: [left] });
});

test("what was measured may be another, since it is never the same twice", () => {
  const later: Plan = { ...plan, basedOn: { ...plan.basedOn, kmsLoad: "c", lastLog: "d" } };
  expect(asPlanned(later, { planned }).steps).toEqual(plan.steps);
  expect(movedSince(plan, later)).toEqual([]);
});

test.each<{ name: string; now: Partial<Plan>; moved: readonly string[] }>([
  {
    name: "a setting has another value",
    now: { basedOn: { ...plan.basedOn, cors: "f" } },
    moved: ["cors"],
  },
  {
    name: "a setting cannot be read",
    now: { basedOn: { versioning: before.fingerprint } },
    moved: ["cors"],
  },
  {
    name: "something is read that was not",
    now: { basedOn: { ...plan.basedOn, policy: "absent" } },
    moved: ["policy"],
  },
  {
    name: "the step would write something else",
    now: { steps: plan.steps.map((step) => ({ ...step, controls: ["mfa-delete"] })) },
    moved: [],
  },
  { name: "it is about another bucket", now: { on: { ...on, name: other() } }, moved: [] },
])("nothing is written where $name", ({ now, moved }) => {
  const current: Plan = { ...plan, ...now };
  const result = asPlanned(current, { planned });
  expect(result.steps).toEqual([]);
  expect(result.held.at(-1)).toMatchObject({ kind: "blocked", guard: "stale-plan" });
  expect(movedSince(plan, current)).toEqual(moved);
});

function other() {
  return "other" as typeof on.name;
}
