import fc from "fast-check";
import { expect, test } from "vitest";
import { parseRegion } from "../model/ref.ts";
import { dueOf, type Trust } from "./due.ts";
import type { Memory } from "./looks.ts";

const region = parseRegion("eu-west-1", "test");
const look = { startedAt: "2026-11-20T00:05:00.000Z", print: "p", unheard: [], region };
/** Sweeps come every day, and the bucket was looked at by the one of yesterday. */
const trust: Trust = {
  print: "p",
  fullLookHours: 168,
  before: "2026-11-20T00:00:00.000Z",
  since: "2026-11-20T00:00:00.000Z",
  startedAt: "2026-11-21T00:00:00.000Z",
  regions: [region],
  missed: new Map(),
};

interface Row {
  readonly name: string;
  readonly memory: Memory;
  readonly trust?: Partial<Trust>;
  readonly due: ReturnType<typeof dueOf>;
}

const rows: readonly Row[] = [
  { name: "nothing is known", memory: {}, due: "all" },
  { name: "a change is all that is known", memory: { changedAt: look.startedAt }, due: "all" },
  { name: "nothing changed", memory: { look }, due: [] },
  {
    name: "only what no event tells",
    memory: { look: { ...look, unheard: ["lastLog"] } },
    due: ["lastLog"],
  },
  {
    name: "a look from before changes were noted",
    memory: { look },
    trust: { since: "2026-11-20T00:05:00.001Z" },
    due: "all",
  },
  { name: "another baseline or release", memory: { look }, trust: { print: "q" }, due: "all" },
  {
    name: "made again in another Region",
    memory: { look: { ...look, region: parseRegion("us-east-1", "test") } },
    due: "all",
  },
  {
    name: "a change after the look",
    memory: { look, changedAt: "2026-11-20T09:00:00.000Z" },
    due: "all",
  },
  {
    name: "a change shortly before it",
    memory: { look, changedAt: "2026-11-19T23:50:00.000Z" },
    due: "all",
  },
  {
    name: "a change long before it",
    memory: { look, changedAt: "2026-11-19T23:49:59.000Z" },
    due: [],
  },
  {
    name: "a waiver that ended",
    memory: { look: { ...look, until: trust.startedAt } },
    due: "all",
  },
  {
    name: "a waiver that still holds",
    memory: { look: { ...look, until: "2026-11-21T00:00:00.001Z" } },
    due: [],
  },
  {
    name: "no events where no rule stands",
    memory: { look },
    trust: { regions: ["us-east-1"] },
    due: "all",
  },
  {
    name: "no trail after the look",
    memory: { look },
    trust: { missed: new Map([["eu-west-1", "2026-11-20T12:00:00.000Z"]]) },
    due: "all",
  },
  {
    name: "no trail in another Region",
    memory: { look },
    trust: { missed: new Map([["us-east-1", "2026-11-20T12:00:00.000Z"]]) },
    due: [],
  },
  { name: "the last sweep in time", memory: { look }, trust: daysLater(6), due: "all" },
  { name: "the one before that", memory: { look }, trust: daysLater(5), due: [] },
  {
    name: "no interval that is longer than a day between sweeps",
    memory: { look },
    trust: { fullLookHours: 24 },
    due: "all",
  },
  {
    name: "a look of this very sweep",
    memory: { look: { ...look, startedAt: "2026-11-21T00:00:00.000Z" } },
    due: "all",
  },
];

function daysLater(days: number): Partial<Trust> {
  const later = (day: number) => new Date(Date.UTC(2026, 10, day + days)).toISOString();
  return { before: later(20), startedAt: later(21) };
}

test.each(rows)("$name: $due", ({ memory, trust: more, due }) => {
  expect(dueOf({ region }, memory, { ...trust, ...more })).toEqual(due);
});

test("the first sweep that is remembered leaves nothing out", () => {
  const { before: _, ...first } = trust;
  expect(dueOf({ region }, { look }, first)).toBe("all");
});

test("a sweep leaves nothing out where no sweep before it could", () => {
  const { since: _, ...first } = trust;
  expect(dueOf({ region }, { look }, first)).toBe("all");
});

test("with sweeps at equal times, no two whole looks are further apart than the baseline says", () => {
  const hours = fc.integer({ min: 1, max: 720 });
  fc.assert(
    fc.property(hours, hours, (fullLookHours, interval) => {
      const at = (sweep: number) => new Date(sweep * interval * 3_600_000).toISOString();
      let lookedAt = 0;
      for (let sweep = 1; sweep < 50; sweep += 1) {
        const times = { since: at(0), before: at(sweep - 1), startedAt: at(sweep) };
        const memory = { look: { ...look, startedAt: at(lookedAt) } };
        if (dueOf({ region }, memory, { ...trust, ...times, fullLookHours }) !== "all") continue;
        expect((sweep - lookedAt) * interval).toBeLessThanOrEqual(
          Math.max(fullLookHours, interval),
        );
        lookedAt = sweep;
      }
    }),
  );
});
