import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Plan, PlanStep } from "../model/plan.ts";
import { absent, present, printOf, type Reading } from "../model/reading.ts";
import { type ApplyPorts, applyPlan } from "./apply.ts";
import type { WriteResult } from "./writer.ts";

const suspended = present({ status: "suspended", mfaDelete: "disabled" } as const);
const versioning: PlanStep = {
  document: "versioning",
  on,
  controls: ["versioning"],
  before: suspended,
  after: { status: "enabled", mfaDelete: "disabled" },
};
const policy: PlanStep = {
  document: "policy",
  on,
  controls: ["ssl-only"],
  before: absent,
  after: { text: "{}" },
};

function planOf(...steps: readonly PlanStep[]): Plan {
  return { on, basedOn: {}, steps, held: [] };
}

const clock = { now: () => Date.UTC(2026, 10, 20), sleep: () => Promise.resolve() };
const at = "2026-11-20T00:00:00.000Z";

interface World {
  readonly now?: Partial<Record<PlanStep["document"], Reading<unknown>>>;
  readonly result?: WriteResult;
  readonly storeFails?: boolean;
  readonly refuses?: boolean;
  /** What the writer is told each time it asks whether it may try again. */
  readonly asks?: boolean[];
  /** What each reading after the first shows, instead of `now`. */
  readonly later?: Reading<unknown>;
  /** How often there is still time when that is asked; always when left out. */
  readonly timely?: number;
}

async function receiptsOf(plan: Plan, ports: ApplyPorts) {
  const { receipts, refused } = await applyPlan(plan, ports);
  expect(refused).toBe(false);
  return receipts;
}

/** A world that writes down what happens to it, in order. */
function worldOf(world: World) {
  const { now = {}, result = { kind: "ok" }, storeFails = false, refuses = false } = world;
  const { asks, later } = world;
  const { timely = Number.POSITIVE_INFINITY } = world;
  const happened: string[] = [];
  let reads = 0;
  let asked = 0;
  const ports: ApplyPorts = {
    clock,
    async keepBeforeImage(step) {
      happened.push(`keep ${step.document} ${JSON.stringify(step.before)}`);
      if (storeFails) throw new Error("no table");
      return refuses ? "refused" : "kept";
    },
    async reread(document) {
      happened.push(`read ${document}`);
      reads += 1;
      await setImmediate(); // S3 answers after the table
      if (later !== undefined && reads > 1) return later;
      return now[document] ?? (document === "versioning" ? suspended : absent);
    },
    writer: {
      async write(step, mayTryAgain) {
        happened.push(`write ${step.document}`);
        if (asks !== undefined) asks.push(await mayTryAgain());
        return result;
      },
    },
    hasTime: () => {
      asked += 1;
      return asked <= timely;
    },
    holds: ({ after }, reading) => printOf(reading) === printOf(present(after)),
  };
  return { happened, ports };
}

const keptVersioning = `keep versioning ${JSON.stringify(suspended)}`;
const keptPolicy = 'keep policy {"state":"absent"}';

test("no step, no write", async () => {
  const { happened, ports } = worldOf({});
  expect(await receiptsOf(planOf(), ports)).toEqual([]);
  expect(happened).toEqual([]);
});

test("each step stores its before-image, meanwhile reads again, and writes, before the next one begins", async () => {
  const { happened, ports } = worldOf({});
  expect(await receiptsOf(planOf(policy, versioning), ports)).toEqual([
    { kind: "written", step: policy, at },
    { kind: "written", step: versioning, at },
  ]);
  expect(happened).toEqual([
    keptPolicy,
    "read policy",
    "write policy",
    keptVersioning,
    "read versioning",
    "write versioning",
  ]);
});

const late = { kind: "skipped", at, why: "too little time was left to read it back" } as const;

test.each([
  { when: "from the beginning", timely: 0, receipts: [late, late], happened: [] },
  {
    when: "before the first write",
    timely: 1,
    receipts: [late, late],
    happened: [keptPolicy, "read policy"],
  },
  {
    when: "before the second step",
    timely: 2,
    receipts: [{ kind: "written", at }, late],
    happened: [keptPolicy, "read policy", "write policy"],
  },
  {
    when: "before the second write",
    timely: 3,
    receipts: [{ kind: "written", at }, late],
    happened: [keptPolicy, "read policy", "write policy", keptVersioning, "read versioning"],
  },
])("too little time $when: no write begins any more", async ({ timely, receipts, ...expected }) => {
  const { happened, ports } = worldOf({ timely });
  const steps = [policy, versioning];
  const wanted = receipts.map((receipt, place) => ({ ...receipt, step: steps[place] }));
  expect(await receiptsOf(planOf(...steps), ports)).toEqual(wanted);
  expect(happened).toEqual(expected.happened);
});

test.each([
  { timely: 3, mayTryAgain: true },
  { timely: 2, mayTryAgain: false },
])("with time for $timely looks at the clock, it may be tried again: $mayTryAgain", async (row) => {
  const asks: boolean[] = [];
  const busy = { kind: "failed", error: "OperationAborted", retry: true } as const;
  const { ports } = worldOf({ asks, result: busy, timely: row.timely });
  await receiptsOf(planOf(versioning), ports);
  expect(asks).toEqual([row.mayTryAgain]);
});

test.each<{ name: string; step: PlanStep; now: Reading<unknown> }>([
  {
    name: "has another value",
    step: versioning,
    now: present({ status: "suspended", mfaDelete: "enabled" }),
  },
  { name: "vanished", step: versioning, now: absent },
  { name: "appeared", step: policy, now: present({ text: "{ }" }) },
  { name: "is right already", step: versioning, now: present(versioning.after) },
])("a document that $name since it was planned is not written", async ({ step, now }) => {
  const { happened, ports } = worldOf({ now: { [step.document]: now } });
  const why = `the ${step.document} changed since it was planned`;
  expect(await receiptsOf(planOf(step), ports)).toEqual([{ kind: "skipped", step, at, why }]);
  expect(happened).not.toContain(`write ${step.document}`);
});

test.each([
  { reason: "denied", retry: false },
  { reason: "throttled", retry: true },
  { reason: "failed", retry: true },
  { reason: "gone", retry: true },
] as const)("a re-read that is $reason makes no write, retry $retry", async ({ reason, retry }) => {
  const unknown = { state: "unknown", reason, detail: "SlowDown: please" } as const;
  const { happened, ports } = worldOf({ now: { versioning: unknown } });
  const error = "the versioning could not be read again (SlowDown: please)";
  expect(await receiptsOf(planOf(versioning), ports)).toEqual([
    { kind: "failed", step: versioning, at, error, retry },
  ]);
  expect(happened).toEqual([keptVersioning, "read versioning"]);
});

test("without a stored before-image nothing is written", async () => {
  const { happened, ports } = worldOf({ storeFails: true });
  const error = "the before-image could not be stored, so nothing was written (Error: no table)";
  expect(await receiptsOf(planOf(versioning), ports)).toEqual([
    { kind: "failed", step: versioning, at, error, retry: true },
  ]);
  expect(happened).toEqual([keptVersioning, "read versioning"]);
});

test("a plan that is refused when it begins leaves every step alone", async () => {
  const { happened, ports } = worldOf({ refuses: true });
  const applied = await applyPlan(planOf(policy, versioning), ports);
  expect(applied).toEqual({ receipts: [], refused: true });
  expect(happened).toEqual([keptPolicy, "read policy"]);
});

test.each<{ name: string; later: Reading<unknown>; kind: string }>([
  { name: "is as it was", later: suspended, kind: "written" },
  { name: "was changed meanwhile", later: present({ status: "enabled" }), kind: "skipped" },
])("a look that was over before the image is old, and one that $name is $kind", async (row) => {
  const { happened, ports } = worldOf({ later: row.later });
  const stored = Promise.withResolvers<"kept">();
  const receipts = receiptsOf(planOf(versioning), {
    ...ports,
    keepBeforeImage: () => stored.promise,
  });
  await setImmediate();
  await setImmediate();
  expect(happened).toEqual(["read versioning"]);
  stored.resolve("kept");
  expect(await receipts).toMatchObject([{ kind: row.kind }]);
  const looks = ["read versioning", "read versioning"];
  expect(happened).toEqual(row.kind === "written" ? [...looks, "write versioning"] : looks);
});

test.each([
  { kind: "failed", error: "AccessDenied", retry: false },
  { kind: "failed", error: "OperationAborted", retry: true },
] as const)(
  "a write that ends in $error is on its receipt, and the next step goes on",
  async (result) => {
    const { happened, ports } = worldOf({ result });
    expect(await receiptsOf(planOf(policy, versioning), ports)).toEqual([
      { ...result, step: policy, at },
      { ...result, step: versioning, at },
    ]);
    expect(happened.filter((it) => it.startsWith("write"))).toEqual([
      "write policy",
      "write versioning",
    ]);
  },
);

const busy = { kind: "failed", error: "OperationAborted", retry: true } as const;

test.each<{ name: string; later: Reading<unknown>; again: boolean }>([
  { name: "is as it was", later: suspended, again: true },
  { name: "was changed by somebody", later: absent, again: false },
  {
    name: "cannot be read",
    later: { state: "unknown", reason: "throttled", detail: "SlowDown" },
    again: false,
  },
])("defect: a document that $name may be written again: $again", async ({ later, again }) => {
  const asks: boolean[] = [];
  const { ports } = worldOf({ result: busy, later, asks });
  expect(await receiptsOf(planOf(versioning), ports)).toEqual([{ ...busy, step: versioning, at }]);
  expect(asks).toEqual([again]);
});

test("a write that got no answer and shows is written", async () => {
  const { ports } = worldOf({ result: busy, later: present(versioning.after) });
  expect(await receiptsOf(planOf(versioning), ports)).toEqual([
    { kind: "written", step: versioning, at },
  ]);
});

const throttled = { state: "unknown", reason: "throttled", detail: "SlowDown" } as const;

test.each<{ kind: string; world: World }>([
  { kind: "written", world: {} },
  { kind: "skipped", world: { now: { policy: present({ text: "{ }" }), versioning: absent } } },
  { kind: "failed", world: { now: { policy: throttled, versioning: throttled } } },
  { kind: "failed", world: { result: { kind: "failed", error: "SlowDown", retry: true } } },
])("a $kind receipt carries the time of its before-image, each step its own", async (row) => {
  const { ports } = worldOf(row.world);
  const kept: string[] = [];
  let second = 0;
  const receipts = await receiptsOf(planOf(policy, versioning), {
    ...ports,
    clock: { ...clock, now: () => Date.UTC(2026, 10, 20, 0, 0, second++) },
    keepBeforeImage: async (step, time) => {
      kept.push(`${step.document} ${time}`);
      return "kept";
    },
  });
  expect(receipts.map(({ kind }) => kind)).toEqual([row.kind, row.kind]);
  expect(receipts.map(({ step, at: time }) => `${step.document} ${time}`)).toEqual(kept);
  expect(new Set(receipts.map((it) => it.at)).size).toBe(2);
});

test("what no port may do is a bug and is thrown", async () => {
  const { ports } = worldOf({});
  const broken = { ...ports, writer: { write: () => Promise.reject(new Error("a bug")) } };
  await expect(applyPlan(planOf(versioning), broken)).rejects.toThrow("a bug");
});
