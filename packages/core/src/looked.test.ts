import { beforeEach, describe, expect, test } from "vitest";
import { memoryTable } from "../../../test/ledger/memory-table.ts";
import { parseBaseline, settingsFor } from "./baseline/index.ts";
import { noteChange, noteLook, type Seen } from "./looked.ts";
import {
  type Assessment,
  absent,
  type BucketRef,
  type PlanStep,
  parseAccountId,
  parseBucketName,
  parseRegion,
  type Task,
} from "./model/index.ts";
import { ledgerIn } from "./record/index.ts";

const on: BucketRef = {
  kind: "bucket",
  name: parseBucketName("invoices", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};
const startedAt = "2026-11-20T10:15:00.000Z";
const now = Date.parse(startedAt) + 1_000;
const clock = { now: () => now, sleep: async () => {} };
const sweep: Task = {
  id: "t-1",
  ref: on,
  cause: { kind: "sweep", sweepId: "s-1" },
  mode: "apply",
  touches: "all",
};
const manual: Task["cause"] = {
  kind: "manual",
  requestId: "r",
  requestedBy: "bob",
  reason: "audit",
};

const clean: Seen = {
  readings: {},
  findings: [],
  known: {},
  receipts: [],
  outcome: { kind: "clean" },
};
const step: PlanStep = {
  document: "versioning",
  on,
  controls: ["versioning"],
  before: absent,
  after: { status: "enabled", mfaDelete: "disabled" },
};

function found(assessment: Assessment): Pick<Seen, "findings"> {
  return { findings: [{ control: "versioning", mode: "alert", assessment }] };
}

function drift(allowance: Extract<Assessment, { kind: "drift" }>["allowance"]) {
  const outcome = { kind: "flagged", controls: ["versioning"] } as const;
  return { ...found({ kind: "drift", summary: "off", allowance, intents: [] }), outcome };
}

let ledger: ReturnType<typeof ledgerIn>;
beforeEach(() => {
  ledger = ledgerIn(memoryTable());
});

interface Look {
  readonly seen?: Partial<Seen>;
  readonly task?: Partial<Task>;
  readonly hours?: number;
  readonly release?: string | undefined;
}

async function note({ seen, task, hours = 168, release = "r-1" }: Look) {
  const baseline = parseBaseline({ limits: { fullLookHours: hours } }, "test");
  const delivery = { baseline, ...(release === "" ? {} : { release }) };
  const settings = settingsFor(baseline, on);
  const waivers = { valid: [], invalid: [] };
  const all = { ...sweep, ...task };
  const scope = {
    task: all,
    on: all.ref,
    settings,
    selected: [],
    waivers,
    now,
    traits: {},
    delivery,
  };
  await noteLook(scope, { ...clean, ...seen }, startedAt, { ledger, clock });
  return (await ledger.looks.of(on.account, [on.name])).get(on.name);
}

describe("a whole look of a sweep is remembered", () => {
  test.each<Look & { readonly name: string }>([
    { name: "when all is well", seen: {} },
    { name: "when all is right", seen: found({ kind: "compliant", evidence: "any" }) },
    { name: "when drift is left to people", seen: drift({ mode: "report-only", why: "any" }) },
    {
      name: "when drift is alerted on",
      seen: drift({ mode: "automatic" }),
    },
  ])("$name", async (look) => {
    const { region } = on;
    const print = expect.any(String);
    expect(await note(look)).toEqual({ look: { startedAt, print, unheard: [], region } });
  });
});

describe("a look of a sweep makes the next one look at all", () => {
  test.each<Look & { readonly name: string }>([
    { name: "that could not read something", seen: found({ kind: "unread", facets: [] }) },
    { name: "that could not decide", seen: found({ kind: "undecided", why: "any" }) },
    {
      name: "whose drift waits for something else",
      seen: drift({ mode: "blocked", why: "any", needs: "any" }),
    },
    { name: "that wrote", seen: { receipts: [{ kind: "written", step, at: startedAt }] } },
    { name: "that would write after the others", seen: { outcome: { kind: "planned", steps: 1 } } },
    {
      name: "that waits for approval",
      seen: { outcome: { kind: "awaiting-approval", controls: [] } },
    },
    { name: "that is held", seen: { outcome: { kind: "blocked", controls: [], needs: "any" } } },
    {
      name: "that is tried again",
      seen: { outcome: { kind: "retry", afterSeconds: 1, why: "any" } },
    },
    {
      name: "after a repair that may not last",
      seen: { known: { versioning: { kind: "compliant", print: "p", contest: { repairs: [] } } } },
    },
    {
      name: "that was about some facets alone",
      seen: found({ kind: "unread", facets: [] }),
      task: { touches: ["lastLog"] },
    },
  ])("$name", async (look) => {
    expect(await note(look)).toEqual({ changedAt: new Date(now).toISOString() });
  });
});

describe("nothing is remembered", () => {
  test.each<Look & { readonly name: string }>([
    { name: "of a look at some facets", task: { touches: ["lastLog"] } },
    { name: "of a look at some controls", task: { controls: ["versioning"] } },
    { name: "of a look for a person", task: { cause: manual } },
    { name: "of a bucket that is gone", seen: { outcome: { kind: "gone" } } },
    { name: "where no look is left out", hours: 0 },
    {
      name: "where no drift is left out",
      hours: 0,
      seen: drift({ mode: "blocked", why: "any", needs: "any" }),
    },
    { name: "where nobody says which release this is", release: "" },
  ])("$name", async (look) => {
    expect(await note(look)).toBeUndefined();
  });
});

describe("a task is taken for a change", () => {
  const baseline = parseBaseline({ limits: { fullLookHours: 24 } }, "test");

  test("unless it is a sweep's", async () => {
    await noteChange(sweep, { baseline }, { ledger, clock });
    expect((await ledger.looks.of(on.account, [on.name])).size).toBe(0);
    await noteChange({ ...sweep, cause: manual }, { baseline }, { ledger, clock });
    expect((await ledger.looks.of(on.account, [on.name])).get(on.name)).toEqual({
      changedAt: new Date(now).toISOString(),
    });
  });

  test("only where sweeps leave something out, and of a bucket", async () => {
    const usual = parseBaseline({}, "test");
    await noteChange({ ...sweep, cause: manual }, { baseline: usual }, { ledger, clock });
    const { account, region } = on;
    const ref = { kind: "account", account, region } as const;
    await noteChange({ ...sweep, ref, cause: manual }, { baseline }, { ledger, clock });
    expect((await ledger.looks.of(on.account, [on.name])).size).toBe(0);
  });
});

describe("of a Region it is remembered that events were missing", () => {
  const { account, region } = on;
  const place = { kind: "region", account, region } as const;
  const of = (kind: "drift" | "compliant" | "undecided", known?: "drift") => {
    const assessments = {
      drift: { kind: "drift", summary: "no trail", allowance: { mode: "automatic" }, intents: [] },
      compliant: { kind: "compliant", evidence: "any" },
      undecided: { kind: "undecided", why: "any" },
    } as const;
    const findings = [
      { control: "trail-health", mode: "alert", assessment: assessments[kind] },
    ] as const;
    return {
      findings,
      known: known === undefined ? {} : { "trail-health": { kind: known, print: "p" } },
    };
  };

  test.each([
    { name: "where no trail records", seen: of("drift"), isMissed: true },
    { name: "until one does again", seen: of("compliant", "drift"), isMissed: true },
    { name: "not while one does", seen: of("compliant"), isMissed: false },
    { name: "not where a member may not see it", seen: of("undecided"), isMissed: false },
  ])("$name", async ({ seen, isMissed }) => {
    for (const cause of [sweep.cause, manual]) {
      ledger = ledgerIn(memoryTable());
      await note({ seen, task: { ref: place, cause } });
      const missed = isMissed ? [[region, new Date(now).toISOString()]] : [];
      expect([...(await ledger.looks.missedIn(account))]).toEqual(missed);
    }
  });

  test("and nothing where no look is left out", async () => {
    await note({ seen: of("drift"), task: { ref: place }, hours: 0 });
    expect((await ledger.looks.missedIn(account)).size).toBe(0);
  });
});
