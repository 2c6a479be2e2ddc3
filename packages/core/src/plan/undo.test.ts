import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Readings } from "../model/facets.ts";
import type { PlanStep } from "../model/plan.ts";
import { absent, present } from "../model/reading.ts";
import type { WrittenReceipt } from "../model/receipt.ts";
import { conflictLines } from "./render.ts";
import { planUndo } from "./undo.ts";

const base = { on, controls: ["a"] } as const;

function receipt(step: PlanStep, at = "2026-11-20T10:15:00.000Z"): WrittenReceipt {
  return { kind: "written", step, at };
}

function undo(step: PlanStep, readings: Readings) {
  return planUndo([receipt(step)], readings, on);
}

const kmsRule = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "k" },
};
const sseRule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } };
const sse = { algorithm: "AES256", bucketKeyEnabled: false, rule: { ...sseRule, Future: 1 } };
const kms = {
  algorithm: "aws:kms",
  keyId: "k",
  bucketKeyEnabled: true,
  blockedEncryptionTypes: ["SSE-C"],
  rule: {
    ...kmsRule,
    Future: 1,
    BucketKeyEnabled: true,
    BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
  },
};
const toLogs = {
  targetBucket: "logs",
  targetPrefix: "invoices/",
  enabled: { TargetBucket: "logs", TargetPrefix: "invoices/" },
};
const open = flags(false, {});
const closed = flags(true, {});
const objectWriter = { setting: "ObjectWriter", rule: { ObjectOwnership: "ObjectWriter" } };
const enforced = {
  setting: "BucketOwnerEnforced",
  rule: { ObjectOwnership: "BucketOwnerEnforced" },
};
const first = corsRule("first");
const everybody = corsRule("everybody");
const later = corsRule("later");
const unlocked = { configuration: { ObjectLockEnabled: "Enabled" } };
const governed = retention("GOVERNANCE", 30);

type Row = { readonly name: string; readonly step: PlanStep; readonly now?: object | "absent" };

// `now` is what the step wrote where it is left out.
test.each<Row & { readonly becomes: object | "absent" }>([
  {
    name: "the encryption goes back, with members that nobody here knows",
    step: { ...base, document: "encryption", before: present(sse), after: kms },
    becomes: sse,
  },
  {
    name: "a member of the encryption that others added stays",
    step: { ...base, document: "encryption", before: present(sse), after: kms },
    now: { ...kms, rule: { ...kms.rule, Future: 2, Later: true } },
    becomes: { ...sse, rule: { ...sse.rule, Future: 2, Later: true } },
  },
  {
    name: "only the block of SSE-C goes, the key that others chose stays",
    step: {
      ...base,
      document: "encryption",
      before: present(without(kms, "blockedEncryptionTypes")),
      after: kms,
    },
    now: { ...kms, keyId: "theirs" },
    becomes: { ...without(kms, "blockedEncryptionTypes"), keyId: "theirs" },
  },
  {
    name: "logging that was off is switched off",
    step: { ...base, document: "logging", before: absent, after: toLogs },
    becomes: "absent",
  },
  {
    name: "logging goes back to its old target, and grants that came later stay",
    step: {
      ...base,
      document: "logging",
      before: present({ ...toLogs, targetBucket: "old", enabled: { TargetBucket: "old" } }),
      after: { ...toLogs, enabled: { TargetBucket: "logs" } },
    },
    now: { ...toLogs, enabled: { TargetBucket: "logs", TargetGrants: [1] } },
    becomes: {
      ...toLogs,
      targetBucket: "old",
      enabled: { TargetBucket: "old", TargetGrants: [1] },
    },
  },
  {
    name: "versioning that was never on is suspended",
    step: {
      ...base,
      document: "versioning",
      before: present({ status: "never-enabled", mfaDelete: "never-configured" }),
      after: { status: "enabled", mfaDelete: "never-configured" },
    },
    becomes: { status: "suspended", mfaDelete: "never-configured" },
  },
  {
    name: "a block that was not there goes",
    step: { ...base, document: "publicAccessBlock", before: absent, after: closed },
    becomes: "absent",
  },
  {
    name: "the flags go back, and a flag that nobody here knows stays",
    step: { ...base, document: "publicAccessBlock", before: present(open), after: closed },
    now: flags(true, { Later: true }),
    becomes: flags(false, { Later: true }),
  },
  {
    name: "ACLs get their say back",
    step: { ...base, document: "ownership", before: present(objectWriter), after: enforced },
    becomes: objectWriter,
  },
  {
    name: "ownership controls that were not there go",
    step: { ...base, document: "ownership", before: absent, after: enforced },
    becomes: "absent",
  },
  {
    name: "a CORS rule comes back to its place",
    step: cors([everybody, first], [first]),
    becomes: { rules: [everybody, first] },
  },
  {
    name: "a CORS rule comes back behind those that came later",
    step: cors([everybody, first], [first]),
    now: { rules: [first, later] },
    becomes: { rules: [first, later, everybody] },
  },
  {
    name: "CORS rules that an undo put back go again, and with the last one the document",
    step: cors([], [everybody]),
    becomes: "absent",
  },
  {
    name: "the default retention goes",
    step: { ...base, document: "objectLock", before: present(unlocked), after: governed },
    becomes: unlocked,
  },
  {
    name: "a policy comes back where an undo removed it",
    step: { ...base, document: "policy", before: present({ text: "{}" }), after: absent },
    becomes: { text: "{}" },
  },
])("$name", ({ step, now, becomes }) => {
  const reading = now === undefined ? written(step) : known(now);
  const plan = undo(step, readings(step, reading));
  const after = becomes === "absent" ? absent : becomes;
  expect(plan.held).toEqual([]);
  expect(plan.steps).toEqual([{ ...step, before: reading, after }]);
  // Twice is once.
  expect(undo(step, readings(step, known(becomes)))).toMatchObject({ steps: [], held: [] });
});

test.each<Row & { readonly places: readonly string[] }>([
  {
    name: "another key",
    step: { ...base, document: "encryption", before: present(sse), after: kms },
    now: {
      ...kms,
      keyId: "theirs",
      rule: {
        ...kms.rule,
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "theirs" },
      },
    },
    places: ["rule.ApplyServerSideEncryptionByDefault.KMSMasterKeyID"],
  },
  {
    name: "another log target",
    step: { ...base, document: "logging", before: absent, after: toLogs },
    now: { ...toLogs, targetBucket: "theirs" },
    places: ["logging"],
  },
  {
    name: "a block without one flag",
    step: { ...base, document: "publicAccessBlock", before: absent, after: closed },
    now: { ...closed, blockPublicAcls: false },
    places: ["publicAccessBlock"],
  },
  {
    name: "a document that is gone",
    step: { ...base, document: "ownership", before: present(objectWriter), after: enforced },
    now: "absent",
    places: ["ownership"],
  },
  {
    name: "a third setting of ownership",
    step: { ...base, document: "ownership", before: present(objectWriter), after: enforced },
    now: { setting: "BucketOwnerPreferred", rule: { ObjectOwnership: "BucketOwnerPreferred" } },
    places: ["rule.ObjectOwnership"],
  },
  {
    name: "another CORS rule of that id",
    step: cors([everybody, first], [first]),
    now: { rules: [first, { ...corsRule("x"), rule: { ID: "everybody" } }] },
    places: ["rule everybody"],
  },
  {
    name: "another retention",
    step: { ...base, document: "objectLock", before: present(unlocked), after: governed },
    now: retention("GOVERNANCE", 60),
    places: ["configuration.Rule"],
  },
])("$name since is a conflict, and nothing is written", ({ step, now = {}, places }) => {
  const versioning: PlanStep = {
    ...base,
    document: "versioning",
    before: present({ status: "suspended", mfaDelete: "disabled" }),
    after: { status: "enabled", mfaDelete: "disabled" },
  };
  const all = { ...readings(step, known(now)), ...readings(versioning, written(versioning)) };
  const plan = planUndo([receipt(step), receipt(versioning)], all, on);
  expect(plan.steps).toEqual([]);
  expect(plan.held.map(({ control, kind }) => [control, kind])).toEqual([["a", "blocked"]]);
  expect(plan.held[0]?.conflicts?.map(({ place }) => place)).toEqual(places);
});

test("a retention in COMPLIANCE mode does not come back", () => {
  const before = present(retention("COMPLIANCE", 1));
  const step: PlanStep = { ...base, document: "objectLock", before, after: governed };
  const plan = undo(step, readings(step, written(step)));
  expect(plan.steps).toEqual([]);
  expect(plan.held[0]?.why).toContain("COMPLIANCE");
});

test("several writes are taken back, each document once and in the opposite order", () => {
  const policy = (before: string | undefined, after: string): PlanStep => ({
    ...base,
    document: "policy",
    before: before === undefined ? absent : present({ text: before }),
    after: { text: after },
  });
  const logging: PlanStep = { ...base, document: "logging", before: absent, after: toLogs };
  const one = { ...policy("{}", "{ }"), controls: ["a", "b"] };
  const two = { ...policy("{ }", "{  }"), controls: ["c"] };
  const receipts = [receipt(one), receipt(logging), receipt(two, "2026-11-20T10:16:00.000Z")];
  const now = { policy: present({ text: "{  }" }), logging: present(toLogs) };
  const plan = planUndo(receipts, now, on);
  expect(plan.steps.map(({ document, controls, after }) => [document, controls, after])).toEqual([
    ["logging", ["a"], absent],
    ["policy", ["a", "b", "c"], { text: "{}" }],
  ]);
  expect(plan.basedOn).toEqual({
    policy: now.policy.fingerprint,
    logging: now.logging.fingerprint,
  });
});

test.each([
  { reason: "denied", passing: undefined },
  { reason: "throttled", passing: true },
] as const)("a document that is unknown ($reason) is not written", ({ reason, passing }) => {
  const step: PlanStep = { ...base, document: "logging", before: absent, after: toLogs };
  const plan = undo(step, { logging: { state: "unknown", reason, detail: "AccessDenied" } });
  expect(plan.steps).toEqual([]);
  expect(plan.held).toMatchObject([{ control: "a", kind: "blocked" }]);
  expect(plan.held[0]?.passing).toBe(passing);
});

test("a conflict is shown as three lines below its place", () => {
  const conflict = { document: "ownership", place: "rule.X", before: 1, now: "text" } as const;
  expect(conflictLines(conflict)).toEqual([
    "rule.X",
    "  before   1",
    "  written  (nothing)",
    "  now      text",
  ]);
});

function known(value: object | "absent") {
  return value === "absent" ? absent : present(value);
}

function written({ after }: PlanStep) {
  return "state" in after ? after : present<object>(after);
}

function readings(step: PlanStep, reading: ReturnType<typeof known>): Readings {
  return { [step.document]: reading };
}

function flags(all: boolean, more: object) {
  return {
    blockPublicAcls: all,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
    configuration: { BlockPublicAcls: all, IgnorePublicAcls: true, ...more },
  };
}

function corsRule(id: string) {
  return { origins: [id], methods: ["GET"], exposedHeaders: [], rule: { ID: id } };
}

function cors(
  before: readonly ReturnType<typeof corsRule>[],
  after: readonly ReturnType<typeof corsRule>[],
): PlanStep {
  return { ...base, document: "cors", before: present({ rules: before }), after: { rules: after } };
}

function retention(mode: "GOVERNANCE" | "COMPLIANCE", count: number) {
  const DefaultRetention = { Mode: mode, Days: count };
  return {
    defaultRetention: { mode, period: { unit: "days", count } },
    configuration: { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention } },
  } as const;
}

function without<T extends object, K extends keyof T>(value: T, name: K): Omit<T, K> {
  const { [name]: _, ...rest } = value;
  return rest;
}
