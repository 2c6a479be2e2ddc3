import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Plan } from "../model/plan.ts";
import { absent, present } from "../model/reading.ts";
import { unlessStopped } from "./stopped.ts";

const held = { control: "cors", kind: "approval", why: "pages may break", next: "look" } as const;
const guard = "stop-switch";
const plan: Plan = {
  on,
  basedOn: { policy: "absent" },
  steps: [
    {
      document: "policy",
      on,
      controls: ["ssl-only", "kms-enforcement"],
      before: absent,
      after: { text: "{}" },
    },
  ],
  held: [held],
};

test("where nobody stopped anything, the plan is what it was", async () => {
  expect(await unlessStopped(plan, async () => absent)).toBe(plan);
});

test("once writing is stopped, every control that would write is blocked, with the reason", async () => {
  const why = "all writing is stopped: SEC-99";
  const next = "needs the stop switch off; a sweep repairs it then";
  expect(await unlessStopped(plan, async () => present({ why: "SEC-99" }))).toEqual({
    ...plan,
    steps: [],
    held: [
      held,
      { control: "ssl-only", kind: "blocked", guard, why, next },
      { control: "kms-enforcement", kind: "blocked", guard, why, next },
    ],
  });
});

test("while the switch cannot be read nothing is written, and it is tried again", async () => {
  const stop = { state: "unknown", reason: "denied", detail: "AccessDenied" } as const;
  const { steps, held: all } = await unlessStopped(plan, async () => stop);
  expect(steps).toEqual([]);
  expect(all.slice(1)).toEqual(
    ["ssl-only", "kms-enforcement"].map((control) => ({
      control,
      kind: "blocked",
      guard,
      why: "nobody can tell whether all writing is stopped (AccessDenied)",
      next: "needs the stop switch to be readable",
      passing: true,
    })),
  );
});

test("where there is nothing to write, nobody is asked", async () => {
  const idle = { ...plan, steps: [] };
  const asked = () => Promise.reject(new Error("asked"));
  expect(await unlessStopped(idle, asked)).toBe(idle);
});
