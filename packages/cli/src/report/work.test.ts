import type { LedgerEntry } from "@bucket-warden/core/model";
import { expect, test } from "vitest";
import { entries, now } from "../../../../test/report/organization.ts";
import { newWorkLog, timesOf } from "./work.ts";

const [first] = entries(1);
if (first === undefined) throw new Error("there is an entry");

/** A repair at `at`, so many seconds after its call. */
function repair(at: string, seconds: number, change: Partial<LedgerEntry> = {}): LedgerEntry {
  const { cause } = first?.task ?? {};
  if (first === undefined || cause?.kind !== "event") throw new Error("an event set it going");
  const eventTime = new Date(Date.parse(at) - seconds * 1_000).toISOString();
  const step = first.plan.steps[0];
  if (step === undefined) throw new Error("it writes something");
  return {
    ...first,
    id: at,
    endedAt: at,
    task: { ...first.task, cause: { ...cause, eventTime } },
    receipts: [{ kind: "written", step, at }],
    outcome: { kind: "fixed", controls: ["ssl-only"] },
    ...change,
  };
}

test("days without work are there as well, and older work is left out", () => {
  const log = newWorkLog({ now, days: 3 });
  log.addEntry(repair("2026-11-20T10:00:00.000Z", 5));
  log.addEntry(repair("2026-11-20T11:00:00.000Z", 7));
  log.addEntry(
    repair("2026-11-18T00:00:00.000Z", 9, { outcome: { kind: "flagged", controls: [] } }),
  );
  log.addEntry(repair("2026-11-17T23:59:59.000Z", 9));
  const { days, times, repairs } = log.work();
  expect(days).toEqual([
    { day: "2026-11-18", repaired: 1, leftToPeople: 1 },
    { day: "2026-11-19", repaired: 0, leftToPeople: 0 },
    { day: "2026-11-20", repaired: 2, leftToPeople: 0 },
  ]);
  expect(times).toMatchObject({ count: 2, medianSeconds: 6 });
  expect(repairs.map(({ at }) => at)).toEqual([
    "2026-11-20T11:00:00.000Z",
    "2026-11-20T10:00:00.000Z",
    "2026-11-18T00:00:00.000Z",
  ]);
});

test("what a sweep found has no time, and a call from the future took none", () => {
  const log = newWorkLog({ now, days: 3 });
  const swept = repair("2026-11-20T10:00:00.000Z", 5);
  const task = { ...swept.task, cause: { kind: "sweep", sweepId: "s" } } as const;
  log.addEntry({ ...swept, task });
  log.addEntry(repair("2026-11-20T10:00:00.000Z", -5));
  expect(log.work().times).toMatchObject({ count: 1, medianSeconds: 0 });
});

test("each time is counted once, where it belongs", () => {
  const { bins, medianSeconds } = timesOf([0, 10, 10.1, 30, 900, 3_601]);
  expect(bins.filter(({ count }) => count > 0)).toEqual([
    { upTo: "10 s", count: 2 },
    { upTo: "30 s", count: 2 },
    { upTo: "15 min", count: 1 },
    { upTo: "longer", count: 1 },
  ]);
  expect(medianSeconds).toBeCloseTo(20.05);
  expect(timesOf([])).toMatchObject({ count: 0 });
  expect(timesOf([])).not.toHaveProperty("medianSeconds");
});

test("actors are named as their roles, and counted where something was wrong after them", () => {
  const log = newWorkLog({ now, days: 90 });
  for (const entry of entries(300)) log.addEntry(entry);
  log.addEntry({ ...repair("2026-11-20T10:00:00.000Z", 5), findings: [] });
  const { actors } = log.work();
  expect(actors[0]?.name).toBe("terraform-ci");
  expect(actors.map(({ name }) => name)).toContain("deploy through cloudformation.amazonaws.com");
  const counted = actors.reduce((sum, { changes }) => sum + changes, 0);
  expect(counted).toBeLessThanOrEqual(300);
  for (const { changes, repaired } of actors) expect(repaired).toBeLessThanOrEqual(changes);
});

test("only the newest repairs are shown, and the others counted", () => {
  const log = newWorkLog({ now, days: 90 });
  const start = Date.parse("2026-11-01T00:00:00.000Z");
  const times = Array.from({ length: 10_001 }, (_, index) => (index * 7_919) % 10_001);
  for (const second of times)
    log.addEntry(repair(new Date(start + second * 1_000).toISOString(), 1));
  const { repairs, moreRepairs } = log.work();
  expect(repairs).toHaveLength(5_000);
  expect(moreRepairs).toBe(5_001);
  expect(repairs[0]?.at).toBe(new Date(start + 10_000_000).toISOString());
  expect(repairs.at(-1)?.at).toBe(new Date(start + 5_001_000).toISOString());
});

test("what is contested is there with who writes it back, the last to be seen first", () => {
  const log = newWorkLog({ now, days: 1 });
  const place = { kind: "bucket", account: first.task.ref.account } as const;
  const by = { arn: "arn:aws:iam::111122223333:user/\u001bx", type: "IAMUser" };
  const states = (seen: string) => ({
    cors: { kind: "drift", print: "p" } as const,
    "ssl-only": {
      kind: "drift",
      print: "p",
      contest: { repairs: [{ at: seen, print: "p", by }], open: { since: seen, seen } },
    } as const,
  });
  log.addTold({ ...place, name: "old", states: states("2026-11-18T00:00:00.000Z") });
  log.addTold({ ...place, name: "new", states: states("2026-11-19T00:00:00.000Z") });
  expect(
    log.work().contested.map(({ resource, control, by: who }) => [resource, control, who]),
  ).toEqual([
    ["new", "ssl-only", "arn:aws:iam::111122223333:user/\ufffdx"],
    ["old", "ssl-only", "arn:aws:iam::111122223333:user/\ufffdx"],
  ]);
});
