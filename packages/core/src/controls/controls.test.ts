import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  allFacets,
  baselines,
  readingsOf,
  refsFor,
  resources,
  writable,
} from "../../../../test/controls/looks.ts";
import {
  judge,
  logs,
  ordinary,
  repair,
  taskFor,
  write,
} from "../../../../test/controls/readings.ts";
import { controlIds, parseBaseline, settingsFor } from "../baseline/index.ts";
import { assess, selectControls } from "../drift/index.ts";
import type { Facet, Readings } from "../model/facets.ts";
import type { ResourceRef } from "../model/ref.ts";
import type { Assessment } from "../model/verdict.ts";
import { buildPlan } from "../plan/index.ts";
import { type Control, controls, targetsOf } from "./index.ts";

const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "index.ts")
  .map((name) => name.slice(0, -".ts".length));

async function controlsIn(file: string): Promise<readonly Control[]> {
  const path = join(import.meta.dirname, `${file}.ts`);
  const exported: object = await import(path);
  return Object.values(exported).filter((it) => typeof it === "object" && "assess" in it);
}

test("every file with a control has one, of its name, and it is registered", async () => {
  const found = await Promise.all(
    files.map(async (file) => (await controlsIn(file)).map((control) => ({ file, control }))),
  );
  const made = found.flat();
  expect(made.map(({ control }) => control.id)).toEqual(made.map(({ file }) => file));
  expect(new Set(made.map(({ control }) => control))).toEqual(new Set(controls));
  const others = files.filter((file) => !made.some((it) => it.file === file));
  expect(others).toEqual([
    "access-point-delegation",
    "baseline-key",
    "control",
    "fixed-block",
    "last-log",
    "log-delivery",
    "log-format",
    "log-grants",
    "log-target",
    "log-writers",
    "name-patterns",
    "policy-guarantee",
    "public-access-flags",
    "references",
    "root-command",
    "security-hub",
    "several",
    "sse-s3-command",
    "strangers",
    "vault-retention",
    "vended-logs",
  ]);
});

const ids = controls.map(({ id }) => id);

test("every control has its place in the baseline, and nothing else has", () => {
  expect([...controlIds].sort()).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(controls.length);
});

test.each(controls)(
  "$id says what it is, why, what it can break and where it stops",
  ({ docs }) => {
    expect(docs.title).toMatch(/^[A-Z].{10,60}[^.]$/);
    expect(docs.rationale).toMatch(/^[A-Z].{30,200}\.$/);
    expect(docs.breaks).toMatch(/^[A-Z].{30,200}\.$/);
    for (const stop of docs.stops) expect(stop).toMatch(/^[A-Z].{10,100}: .{5,100}\.$/);
  },
);

test("a control that repairs by itself says where it does not", () => {
  const silent = controls.filter(
    ({ remediates, docs }) => remediates === "automatic" && docs.stops.length === 0,
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
});

test("a control of Security Hub is answered by one of ours, never by two", () => {
  const names = controls.flatMap(({ references }) =>
    references.filter(({ catalogue }) => catalogue === "security-hub").map(({ name }) => name),
  );
  expect(names).toContain("S3.5");
  expect(new Set(names).size).toBe(names.length);
});

test.each(controls)("$id looks at nothing but what it declares", (control) => {
  fc.assert(
    fc.property(readingsOf(false), baselines, refsFor(control.target), (readings, baseline, on) => {
      const declared = new Set<string>(control.reads);
      const seen: string[] = [];
      const watched = new Proxy(readings, {
        get(target, facet) {
          seen.push(String(facet));
          return Reflect.get(target, facet);
        },
      });
      judge(control, watched, { on, baseline });
      expect(seen.filter((facet) => !declared.has(facet))).toEqual([]);
    }),
  );
});

test.each(controls)(
  "$id reads enough to judge, and is unread exactly when it cannot",
  (control) => {
    fc.assert(
      fc.property(
        readingsOf(true),
        baselines,
        refsFor(control.target),
        (readings, baseline, on) => {
          const needed = control.needs(on, settingsFor(parseBaseline(baseline, "test"), on));
          const states = needed.map((facet) => readings[facet]?.state);
          const own = Object.fromEntries(needed.map((facet) => [facet, readings[facet]]));
          const assessment = judge(control, own, { on, baseline });
          expect(assessment.kind === "unread").toBe(states.includes("unknown"));
          expect(judge(control, readings, { on, baseline })).toEqual(assessment);
        },
      ),
    );
  },
);

test.each(controls)("$id wants nothing but what it declares to write", (control) => {
  const wanted = new Set<string>();
  fc.assert(
    fc.property(readingsOf(false), baselines, refsFor(control.target), (readings, baseline, on) => {
      const assessment = judge(control, readings, { on, baseline });
      if (assessment.kind !== "drift") return;
      for (const { document } of assessment.intents) wanted.add(document);
      if (assessment.allowance.mode === "automatic") expect(assessment.intents).not.toEqual([]);
      const needed = Object.entries(readings).filter(([facet]) => mayNeed(control).has(facet));
      const { held } = repair(control, Object.fromEntries(needed), { on, baseline, asked: true });
      expect(held.filter(({ why }) => why.includes("could not be read"))).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect([...wanted].sort()).toEqual([...control.writes].sort());
});

// Otherwise the laws here would say nothing of it.
test.each(controls)("$id finds some of these worlds right and some wrong", (control) => {
  const found = new Set<Assessment["kind"]>();
  const worlds = fc.tuple(readingsOf(false), baselines, refsFor(control.target));
  for (const [readings, baseline, on] of fc.sample(worlds, { seed: 1, numRuns: 150 })) {
    found.add(judge(control, readings, { on, baseline }).kind);
  }
  expect([...found]).toEqual(expect.arrayContaining(["compliant", "drift"]));
});

function mayNeed({ reads, writes }: Control): ReadonlySet<string> {
  return new Set<string>([...reads, ...writes]);
}

test.each(controls)("$id declares just what some baseline makes it read", (control) => {
  const needed = new Set<string>();
  fc.assert(
    fc.property(baselines, refsFor(control.target), (baseline, on) => {
      const needs = control.needs(on, settingsFor(parseBaseline(baseline, "test"), on));
      for (const facet of needs) needed.add(facet);
    }),
  );
  expect([...needed].sort()).toEqual([...control.reads].sort());
});

test("every facet is read by some control or scope, so that no permission is held for nothing", () => {
  const byScopes = ["tags", "organizationalUnits"] as const;
  const read = new Set<Facet>([...controls.flatMap((control) => control.reads), ...byScopes]);
  expect(allFacets.filter((facet) => !read.has(facet))).toEqual([]);
});

test("what any control calls drift can be waived, and then leaves nothing to write", () => {
  const waived = new Set<string>();
  for (const kind of kinds) {
    fc.assert(
      fc.property(readingsOf(false), repairing, refsFor(kind), (readings, given, on) => {
        const { "default-encryption": encryption } = given;
        const whole = { ...keyed, ...encryption };
        const baseline = { ...given, ...ordinary, "default-encryption": whole };
        const found = findingsOf(readings, baseline, on).map(kindOf);
        const after = findingsOf(readings, baseline, on, [waiver]);
        expect(after.map(kindOf)).toEqual(found.map((it) => (it === "drift" ? "waived" : it)));
        expect(buildPlan(after, readings, taskFor({ on, controls: ids })).steps).toEqual([]);
        for (const it of after) if (kindOf(it) === "waived") waived.add(it.control);
      }),
      { numRuns: 300 },
    );
  }
  // Nearly all of them drift in some of these worlds.
  expect(waived.size).toBeGreaterThan(20);
});

const waiver = {
  accounts: ["111122223333"],
  controls: ids,
  reason: "a test",
  approver: "jane",
  approved: "2026-11-01",
  expires: "2026-11-30",
};
const now = Date.parse("2026-11-21");

function findingsOf(
  readings: Readings,
  baseline: object,
  on: ResourceRef,
  waivers: readonly object[] = [],
) {
  const own = new Map(Object.entries<object>({ ...baseline }));
  const all = ids.map((id) => [id, { ...own.get(id), mode: "remediate" }]);
  const parsed = parseBaseline({ ...Object.fromEntries(all), waivers }, "test");
  const settings = settingsFor(parsed, on);
  const selected = selectControls(taskFor({ on }), settings);
  return assess(selected, readings, { on, settings, waivers: parsed.waivers, now });
}

/** A log bucket is read twice, as itself and as target: both readings are of the same bucket. */
function worldOf(readings: Readings, on: ResourceRef): Readings {
  const { logTarget } = readings;
  if (on !== logs || logTarget?.state !== "present") return readings;
  const { policy, encryption, objectLock } = logTarget.value;
  return { ...readings, policy, encryption, objectLock };
}

const kinds = [...targetsOf(controls)];

test("a control is asked about its kind of resource and about no other", () => {
  const asked = kinds.flatMap((kind) => {
    const [on] = resources[kind];
    return on === undefined
      ? []
      : findingsOf({}, ordinary, on).map(({ control }) => ({ control, kind }));
  });
  expect(asked).toEqual(
    kinds.flatMap((kind) =>
      controls.filter(({ target }) => target === kind).map(({ id }) => ({ control: id, kind })),
    ),
  );
});

const repairing = fc.constantFrom(...writable);
const { "default-encryption": keyed } = ordinary;

test.each(kinds)(
  "all controls of one %s together are done after one plan, and never undo each other",
  (kind) => {
    fc.assert(
      fc.property(readingsOf(false), repairing, refsFor(kind), (read, baseline, on) => {
        const readings = worldOf(read, on);
        const { "default-encryption": encryption } = baseline;
        const withKey = {
          ...baseline,
          ...ordinary,
          "default-encryption": { ...keyed, ...encryption },
        };
        const task = taskFor({ on, controls: ids });
        const plan = buildPlan(findingsOf(readings, withKey, on), readings, task);
        const after = plan.steps.reduce(write, readings);
        const later = findingsOf(after, withKey, on);
        expect(buildPlan(later, after, task).steps).toEqual([]);
        const repaired = new Set(plan.steps.flatMap((step) => step.controls));
        const kinds = later.filter(({ control }) => repaired.has(control)).map(kindOf);
        expect(kinds.filter((kind) => kind !== "compliant")).toEqual([]);
      }),
    );
  },
);

function kindOf({ assessment }: { readonly assessment: Assessment }): Assessment["kind"] {
  return assessment.kind;
}
