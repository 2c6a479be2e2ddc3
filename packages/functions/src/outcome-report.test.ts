import type { Metrics } from "@aws-lambda-powertools/metrics";
import type { LedgerEntry, Outcome } from "@bucket-warden/core/model";
import { parseAccountId, parseBucketName, parseRegion } from "@bucket-warden/core/model";
import { expect, test, vi } from "vitest";
import { reportOutcome } from "./outcome-report.ts";
import type { Wiring } from "./wiring.ts";

const event: LedgerEntry["task"]["cause"] = {
  kind: "event",
  eventName: "PutBucketPolicy",
  eventId: "e-1",
  eventTime: "2026-11-20T10:15:00Z",
  actor: { arn: "arn:aws:iam::111122223333:user/alice", type: "IAMUser" },
};

const on = {
  kind: "bucket",
  name: parseBucketName("photos", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-central-1", "test"),
} as const;

const entry: LedgerEntry = {
  id: "t-1",
  task: {
    id: "t-1",
    ref: on,
    cause: event,
    mode: "apply",
    touches: "all",
  },
  startedAt: "2026-11-20T10:15:03.000Z",
  endedAt: "2026-11-20T10:15:04.500Z",
  findings: [],
  plan: { on, steps: [], held: [], basedOn: {} },
  receipts: [],
  outcome: { kind: "clean" },
  announced: true,
  pending: [],
};

const unread = (reason: string): LedgerEntry["findings"][number] => ({
  control: "versioning",
  mode: "alert",
  assessment: { kind: "unread", facets: [{ facet: "versioning", reason, detail: "" }] },
});

/** What is counted and measured, as `name value`. */
function metricsOf(changes: Partial<LedgerEntry>): readonly string[] {
  const addMetric = vi.fn<Metrics["addMetric"]>();
  const log = { info: vi.fn(), warn: vi.fn() };
  // The parts of the wiring that a report touches.
  const wiring = { logger: log, metrics: { addMetric } } as unknown as Wiring;
  reportOutcome({ ...entry, ...changes }, wiring);
  return addMetric.mock.calls.map(([name, , value]) => `${name} ${value}`);
}

const outcomes: readonly Outcome[] = [
  { kind: "clean" },
  { kind: "undone", controls: ["cors"] },
  { kind: "flagged", controls: ["cors"] },
  { kind: "awaiting-approval", controls: ["cors"] },
  { kind: "blocked", controls: ["cors"], needs: "a person" },
  { kind: "contested", controls: ["cors"] },
  { kind: "retry", afterSeconds: 3, why: "throttled" },
  { kind: "planned", steps: 1 },
  { kind: "gone" },
];

test.each(outcomes)("$kind is counted, with the time that it took", (outcome) => {
  expect(metricsOf({ outcome })).toEqual([`Outcome-${outcome.kind} 1`, "ReconcileTime 1500"]);
});

const fixed = { kind: "fixed", controls: ["cors"] } as const;

test("a repair after an event tells how long the bucket was weak", () => {
  expect(metricsOf({ outcome: fixed })).toEqual([
    "Outcome-fixed 1",
    "ReconcileTime 1500",
    "TimeToRepair 4500",
  ]);
});

test("a repair by a sweep does not: nobody knows since when the bucket was weak", () => {
  const task = { ...entry.task, cause: { kind: "sweep", sweepId: "s-1" } } as const;
  expect(metricsOf({ outcome: fixed, task })).toEqual(["Outcome-fixed 1", "ReconcileTime 1500"]);
});

test.each(["stop-switch", "write-budget", "large-sweep"] as const)(
  "what %s holds is counted once, however many controls it holds",
  (guard) => {
    const held = ["cors", "versioning"].map((control) => {
      return { control, kind: "blocked", guard, why: "held", next: "wait" } as const;
    });
    const plan = { ...entry.plan, held };
    expect(metricsOf({ plan })).toContain(`HeldBy-${guard} 1`);
  },
);

test("controls that could not be judged are counted, and those that AWS slowed down apart", () => {
  const findings = [unread("denied"), unread("throttled"), unread("throttled")];
  expect(metricsOf({ findings })).toEqual([
    "Outcome-clean 1",
    "Unread 3",
    "Unread-throttled 2",
    "ReconcileTime 1500",
  ]);
});
