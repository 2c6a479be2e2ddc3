import { expect, test } from "vitest";
import type { LedgerEntry } from "../model/entry.ts";
import type { Finding } from "../model/finding.ts";
import type { PlanStep } from "../model/plan.ts";
import { absent, present } from "../model/reading.ts";
import type { Receipt } from "../model/receipt.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { earlierWork } from "./earlier.ts";
import type { BeforeImage, Ledger } from "./ledger.ts";

const on = {
  kind: "bucket",
  name: parseBucketName("invoices", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
} as const;
const at = "2026-11-20T10:15:00.000Z";

const policy: PlanStep = {
  document: "policy",
  on,
  controls: ["ssl-only"],
  before: absent,
  after: { text: "{}" },
};
const versioning: PlanStep = {
  document: "versioning",
  on,
  controls: ["versioning"],
  before: present({ status: "suspended", mfaDelete: "disabled" }),
  after: { status: "enabled", mfaDelete: "disabled" },
};

function image(step: PlanStep, attempt = 1): BeforeImage {
  return { taskId: "t-1", attempt, step, at };
}

function written(step: PlanStep): Receipt {
  return { kind: "written", step, at };
}

function compliant(...controls: readonly string[]): readonly Finding[] {
  return controls.map((control) => ({
    control,
    mode: "remediate",
    assessment: { kind: "compliant", evidence: "it is right" },
  }));
}

interface Stored {
  readonly images?: readonly BeforeImage[];
  readonly entry?: { readonly receipts: readonly Receipt[]; readonly announced: boolean };
}

function ledgerOf({ images = [], entry }: Stored): Ledger {
  const never = () => Promise.reject(new Error("must not be called"));
  return {
    keepBeforeImage: never,
    save: never,
    findingStates: never,
    saveFindingStates: never,
    beforeImages: async () => images,
    find: async () => entry as LedgerEntry | undefined, // nothing else of it is read
  };
}

const second = { id: "t-1", attempt: 2 };
const right = compliant("ssl-only", "versioning");

test("the first delivery has no earlier work and does not ask for it", async () => {
  const ledger = ledgerOf({ images: [image(policy)] });
  const silent = { ...ledger, beforeImages: ledger.save, find: ledger.save } as unknown as Ledger;
  expect(await earlierWork({ id: "t-1", attempt: 1 }, right, silent)).toEqual({
    announced: [],
    unannounced: [],
  });
});

test("a write of a delivery that ended before its record is found by its before-image", async () => {
  expect(await earlierWork(second, right, ledgerOf({ images: [image(policy)] }))).toEqual({
    announced: [],
    unannounced: [written(policy)],
  });
});

test("a before-image of this very delivery is no earlier work", async () => {
  const images = [image(policy, 2)];
  expect(await earlierWork(second, right, ledgerOf({ images }))).toEqual({
    announced: [],
    unannounced: [],
  });
});

test("a before-image whose control is not right now proves no write", async () => {
  const both = { ...policy, controls: ["ssl-only", "kms-enforcement"] };
  expect(
    await earlierWork(second, compliant("ssl-only"), ledgerOf({ images: [image(both)] })),
  ).toEqual({ announced: [], unannounced: [] });
});

test.each([true, false])("a recorded write is counted once; announced: %s", async (announced) => {
  const entry = { receipts: [written(policy)], announced };
  const images = [image(policy), image(versioning)];
  const expected = announced
    ? { announced: [written(policy)], unannounced: [written(versioning)] }
    : { announced: [], unannounced: [written(policy), written(versioning)] };
  expect(await earlierWork(second, right, ledgerOf({ images, entry }))).toEqual(expected);
});

// Somebody else repaired it meanwhile: the record must not claim their work, nor undo it one day.
test.fails("a step that was skipped is not taken for written", async () => {
  const entry = {
    receipts: [{ kind: "skipped", step: policy, why: "it changed" } as const],
    announced: true,
  };
  const work = await earlierWork(second, right, ledgerOf({ images: [image(policy)], entry }));
  expect(work.unannounced).toEqual([]);
});

test.fails("two interrupted deliveries of the same step are one write", async () => {
  const images = [image(policy, 1), image(policy, 2)];
  const work = await earlierWork({ id: "t-1", attempt: 3 }, right, ledgerOf({ images }));
  expect(work.unannounced).toEqual([written(policy)]);
});
