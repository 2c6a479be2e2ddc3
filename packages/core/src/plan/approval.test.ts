import { describe, expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Finding } from "../model/finding.ts";
import { present } from "../model/reading.ts";
import type { Task } from "../model/trigger.ts";
import type { Drift } from "../model/verdict.ts";
import { guarantee } from "../policy/index.ts";
import { buildPlan } from "./build.ts";

const noon = Date.parse("2026-11-21T12:00:00Z");
const hour = 3_600_000;
const sweep: Task = {
  id: "t-1",
  ref: on,
  cause: { kind: "sweep", sweepId: "s-1" },
  mode: "apply",
  touches: "all",
};
const finding: Finding = {
  control: "versioning",
  mode: "remediate",
  assessment: {
    kind: "drift",
    summary: "versioning is suspended",
    allowance: { mode: "approval", why: "old versions cost money" },
    intents: [{ document: "versioning", kind: "enable-versioning" }],
  },
};
const tls = guarantee("ssl-only", {}, { bucket: "invoices", partition: "aws" });
const suspended = present({ status: "suspended", mfaDelete: "disabled" } as const);

function planFor(task: Task, { hours = 0, versioning = suspended, found = finding } = {}) {
  const approvals = { hours: 72, now: noon + hours * hour };
  return buildPlan([found], { versioning }, task, { approvals });
}

function shown(): string {
  const approval = planFor(sweep).held[0]?.approval;
  if (approval === undefined) throw new Error("nothing waits for approval");
  return approval;
}

const approved = (approval: string): Task => ({
  ...sweep,
  cause: { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "agreed" },
  controls: ["versioning"],
  approval,
});

test("what waits for approval is shown, with a name that lasts three days", () => {
  const { steps, held } = planFor(sweep);
  expect(steps).toEqual([]);
  expect(held).toEqual([
    {
      control: "versioning",
      kind: "approval",
      why: "old versions cost money",
      next: `look at the plan; to approve just this one, invoke with mode "apply" and approval "${shown()}"`,
      approval: expect.stringMatching(/^versioning\/2026-11-24T12:00:00\.000Z\/[0-9a-f]{32}$/),
      wanted: [expect.objectContaining({ document: "versioning", before: suspended })],
    },
  ]);
});

test("by that name just this plan is carried out, to the last moment", () => {
  const { steps, held } = planFor(approved(shown()), { hours: 71.9 });
  expect(held).toEqual([]);
  expect(steps).toEqual(planFor(sweep).held[0]?.wanted);
});

test.each([
  {
    name: "after its time",
    approval: shown(),
    hours: 72,
    why: "it ended at 2026-11-24T12:00:00.000Z",
  },
  {
    name: "when the bucket changed since",
    approval: shown(),
    versioning: present({ status: "never-enabled", mfaDelete: "never-configured" } as const),
    why: "it is for another plan than this one",
  },
  {
    name: "with a longer time written into it",
    approval: shown().replace("2026-11-24", "2027-11-24"),
    why: "it is for another plan than this one",
  },
  {
    name: "when it is another control's",
    approval: shown().replace("versioning", "ssl-only"),
    why: "it is for another plan than this one",
  },
  { name: "when it is no approval", approval: "yes", why: "it is for another plan than this one" },
])("an approval is refused $name, and the plan of now is shown", ({ approval, why, ...now }) => {
  const { steps, held } = planFor(approved(approval), now as Parameters<typeof planFor>[1]);
  expect(steps).toEqual([]);
  expect(held[0]?.why).toBe(`the approval is stale (${why}): old versions cost money`);
  expect(held[0]?.approval).not.toBe(approval);
});

test("who approves one plan has not asked for the control whatever it does", () => {
  const alert = { ...finding, mode: "alert" } as const;
  expect(planFor(approved("yes"), { found: alert }).steps).toEqual([]);
});

test("what a policy would newly deny is said in words", () => {
  const policy = present({ text: '{"Version":"2012-10-17","Statement":[]}' });
  const ssl = {
    ...finding,
    control: "ssl-only",
    assessment: {
      ...finding.assessment,
      intents: [{ document: "policy", kind: "ensure-guarantee", guarantee: tls }],
    },
  } as Finding;
  const approvals = { hours: 72, now: noon };
  const { held } = buildPlan([ssl], { policy }, sweep, { approvals });
  expect(held[0]?.impact?.join("\n")).toContain("aws:SecureTransport");
});

describe("a repair that needs no approval by itself", () => {
  const found: Finding = {
    ...finding,
    assessment: { ...finding.assessment, allowance: { mode: "automatic" } } as Drift,
  };
  const large = { ...sweep, large: { writes: 312, of: 1_000 } };

  test("waits for one in a large sweep, by its own plan", () => {
    const { steps, held } = planFor(large, { found });
    expect(steps).toEqual([]);
    expect(held).toMatchObject([
      {
        control: "versioning",
        kind: "approval",
        guard: "large-sweep",
        why: "one sweep would write to 312 of the 1000 buckets of the account",
        wanted: [{ document: "versioning" }],
      },
    ]);
    const task = approved(held[0]?.approval ?? "");
    expect(planFor(task, { found }).steps).toEqual(held[0]?.wanted);
  });

  test("is held to the plan that was approved as well", () => {
    const task = approved(planFor(large, { found }).held[0]?.approval ?? "");
    const { steps, held } = planFor(task, { found, hours: 72.1 });
    expect(steps).toEqual([]);
    expect(held[0]?.why).toMatch(/^the approval is stale \(it ended/);
  });

  test("is done where a person asks for the control, whatever a sweep would do", () => {
    const { approval: _, ...asked } = { ...approved(""), large: large.large };
    expect(planFor(asked, { found }).steps).toMatchObject([{ document: "versioning" }]);
  });
});
