import { expect, test } from "vitest";
import {
  invoices,
  judge,
  logs,
  logTargetOf,
  ordinary,
  reasons,
  unknown,
} from "../../../../test/controls/readings.ts";
import { parseBaseline, settingsFor } from "../baseline/index.ts";
import type { Readings } from "../model/facets.ts";
import type { IntentFor } from "../model/intent.ts";
import { absent, present } from "../model/reading.ts";
import type { ResourceRef } from "../model/ref.ts";
import type { Allowance } from "../model/verdict.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";

const docs = { title: "A title", rationale: "A reason", breaks: "A break", stops: [] };
const intent: IntentFor<"bucket"> = { document: "versioning", kind: "enable-versioning" };
const automatic = {
  mode: "automatic",
  writes: ["versioning"],
  intents: (): readonly IntentFor<"bucket">[] => [intent],
} as const;

/** A control of two facets that answers what it is given. */
function answering(verdict: Verdict<object>) {
  return defineControl({
    id: "versioning",
    reads: ["versioning", "policy"],
    evaluate: () => verdict,
    remediation: automatic,
    docs,
    references: { "security-hub": ["S3.24"] },
  });
}

const drift = { kind: "drift", summary: "it is off", detail: { secret: true } } as const;
const known: Readings = { versioning: absent, policy: present({ text: "{}" }) };

test("a control is described by what it was made from", () => {
  const { assess: _, needs: __, ...described } = answering(drift);
  expect(described).toEqual({
    id: "versioning",
    target: "bucket",
    reads: ["versioning", "policy"],
    writes: ["versioning"],
    remediates: "automatic",
    docs,
    references: [
      { catalogue: "security-hub", name: "S3.24", verified: true },
      { catalogue: "config-rule", name: "s3-mrap-public-access-blocked", verified: true },
      { catalogue: "pci-dss", edition: "v4.0.1", name: "1.4.4", verified: true },
    ],
  });
});

test.each<Verdict<object>>([
  { kind: "compliant", evidence: "it is on" },
  { kind: "not-applicable", why: "not here" },
  { kind: "undecided", why: "who knows" },
])("a verdict of $kind is passed on as it is", (verdict) => {
  expect(judge(answering(verdict), known)).toEqual(verdict);
});

test("a drift has intents and an allowance, and keeps its detail to itself", () => {
  const found = { kind: "drift", summary: "it is off", allowance: { mode: "automatic" } };
  expect(judge(answering(drift), known)).toEqual({ ...found, intents: [intent] });
  const witness = "anonymous may";
  expect(judge(answering({ ...drift, witness }), known)).toEqual({
    ...found,
    witness,
    intents: [intent],
  });
});

test.each<Exclude<Allowance, { mode: "automatic" }>>([
  { mode: "approval", why: "it may break somebody" },
  { mode: "report-only", why: "root alone may", command: "aws s3api" },
  { mode: "blocked", why: "the key is missing", needs: "a key" },
  { mode: "blocked", why: "the log bucket comes first", needs: "a grant", behind: logs },
])("a hold of mode $mode narrows what would be automatic", (hold) => {
  expect(judge(answering({ ...drift, hold }), known)).toEqual({
    kind: "drift",
    summary: "it is off",
    allowance: hold,
    intents: [intent],
  });
});

test("a control that needs approval says so where its verdict gives no reason", () => {
  const control = defineControl({
    id: "versioning",
    reads: ["versioning"],
    evaluate: () => drift,
    remediation: { ...automatic, mode: "approval" },
    docs,
    references: {},
  });
  expect(judge(control, known)).toMatchObject({
    allowance: { mode: "approval", why: "this control always asks first" },
    intents: [intent],
  });
});

test("a control that only reports writes nothing and has no intents", () => {
  const control = defineControl({
    id: "versioning",
    reads: ["versioning"],
    evaluate: () => drift,
    remediation: { mode: "report-only", why: "root alone may" },
    docs,
    references: {},
  });
  const { remediates, writes, leftToPeople } = control;
  expect({ remediates, writes, leftToPeople }).toEqual({
    remediates: "report-only",
    writes: [],
    leftToPeople: "root alone may",
  });
  expect(judge(control, known)).toEqual({
    kind: "drift",
    summary: "it is off",
    allowance: { mode: "report-only", why: "root alone may" },
    intents: [],
  });
});

const careless = defineControl({
  id: "versioning",
  reads: ["versioning", "policy"],
  evaluate: () => {
    throw new Error("evaluated without knowing");
  },
  remediation: automatic,
  docs,
  references: {},
});

test.each(reasons)("what could not be read (%s) is never judged", (reason) => {
  const detail = `S3 said ${reason}`;
  const policy = { facet: "policy", reason, detail };
  const versioning = { facet: "versioning", reason, detail };
  expect(judge(careless, { ...known, policy: unknown(reason) })).toEqual({
    kind: "unread",
    facets: [policy],
  });
  const neither = { policy: unknown(reason), versioning: unknown(reason) };
  expect(judge(careless, neither)).toEqual({ kind: "unread", facets: [versioning, policy] });
});

const asking = defineControl({
  id: "mfa-delete",
  reads: ["versioning"],
  readsWhere: { policy: ({ on, own }) => own.buckets.includes(on.name) },
  evaluate: ({ versioning, policy }) => ({
    kind: "compliant",
    evidence: `versioning ${versioning.state}, policy ${policy?.state}`,
  }),
  remediation: { mode: "report-only", why: "root alone may" },
  docs,
  references: {},
});
const asked = { "mfa-delete": { buckets: ["invoices"] } };

test("a facet that only some baselines need is declared for all and read for these", () => {
  expect(asking.reads).toEqual(["versioning", "policy"]);
  const settings = (baseline: object) => settingsFor(parseBaseline(baseline, "test"), invoices);
  expect(asking.needs(invoices, settings({}))).toEqual(["versioning"]);
  expect(asking.needs(invoices, settings(asked))).toEqual(["versioning", "policy"]);
});

test.each(reasons)("such a facet, unread (%s), matters only where it is needed", (reason) => {
  const readings = { ...known, policy: unknown(reason) };
  const detail = `S3 said ${reason}`;
  expect(judge(asking, readings, { baseline: asked })).toEqual({
    kind: "unread",
    facets: [{ facet: "policy", reason, detail }],
  });
  // What was read for another control is not seen either.
  for (const policy of [unknown(reason), absent]) {
    expect(judge(asking, { ...known, policy })).toEqual({
      kind: "compliant",
      evidence: "versioning absent, policy undefined",
    });
  }
});

test("what was never asked for is not taken for absent", () => {
  const missing = { reason: "failed", detail: "it was not asked for" };
  expect(judge(careless, {})).toEqual({
    kind: "unread",
    facets: [
      { facet: "versioning", ...missing },
      { facet: "policy", ...missing },
    ],
  });
});

test("what a control does not read may stay unread", () => {
  const compliant = { kind: "compliant", evidence: "it is on" } as const;
  const readings = { ...known, website: unknown("denied"), lifecycle: unknown("failed") };
  expect(judge(answering(compliant), readings)).toEqual(compliant);
});

test("a control is told the bucket, its own settings and those of all", () => {
  const seen: Context<"object-lock">[] = [];
  const control = defineControl({
    id: "object-lock",
    reads: ["logTarget"],
    evaluate(_facts, context) {
      seen.push(context);
      return { kind: "compliant", evidence: "" };
    },
    remediation: { mode: "report-only", why: "root alone may" },
    docs,
    references: {},
  });
  const minimum = { mode: "COMPLIANCE", days: 7 };
  const own = { mode: "remediate", minimum, buckets: ["ledger-*"] };
  const baseline = { ...ordinary, "object-lock": own };
  for (const on of [invoices, logs]) judge(control, { logTarget: logTargetOf() }, { on, baseline });
  expect(seen.map(({ on, own: its, isLogTarget }) => ({ on, own: its, isLogTarget }))).toEqual([
    { on: invoices, own, isLogTarget: false },
    { on: logs, own, isLogTarget: true },
  ]);
  expect(seen[0]?.settings.logTarget).toBe(logs.name);
});

test("a control of an account is told the account, and is never asked about a bucket", () => {
  const { account, region } = invoices;
  const seen: ResourceRef[] = [];
  const control = defineControl({
    id: "versioning",
    target: "account",
    reads: [],
    evaluate(_facts, { on, isLogTarget }) {
      seen.push(on);
      return { kind: "compliant", evidence: String(isLogTarget) };
    },
    remediation: { mode: "report-only", why: "root alone may" },
    docs,
    references: {},
  });
  expect(control.target).toBe("account");
  const on = { kind: "account", account, region } as const;
  const compliant = { kind: "compliant", evidence: "false" };
  expect(control.assess({}, on, settingsFor(parseBaseline({}, "test"), on))).toEqual(compliant);
  expect(seen).toEqual([on]);
  expect(() => judge(control, {}, { on: invoices })).toThrow("versioning is asked about a bucket");
});

test("the shape of a control is checked before it runs", () => {
  const sound = { id: "versioning", reads: ["versioning"], docs, references: {} } as const;
  const made = [
    defineControl({
      ...sound,
      // @ts-expect-error: the policy is not among what this control reads
      evaluate: ({ policy }) => ({ kind: "compliant", evidence: String(policy) }),
      remediation: automatic,
    }),
    defineControl({
      ...sound,
      // @ts-expect-error: a facet that was read is present or absent, never unknown
      evaluate: ({ versioning }) => ({ kind: "compliant", evidence: versioning.reason }),
      remediation: automatic,
    }),
    defineControl({
      ...sound,
      // @ts-expect-error: the intents are made from what evaluate found
      evaluate: (): Verdict<{ days: number }> => ({ ...drift, detail: { days: 1 } }),
      remediation: {
        ...automatic,
        intents: ({ years }: { years: number }) => (years > 1 ? [intent] : []),
      },
    }),
    defineControl({
      ...sound,
      // @ts-expect-error: a verdict can only narrow what is allowed
      evaluate: () => ({ ...drift, hold: { mode: "automatic" } }),
      remediation: automatic,
    }),
    // @ts-expect-error: the baseline has no such control
    defineControl({ ...sound, id: "no-such", evaluate: () => drift, remediation: automatic }),
    // @ts-expect-error: there is no such facet
    defineControl({ ...sound, reads: ["shape"], evaluate: () => drift, remediation: automatic }),
    defineControl({
      ...sound,
      evaluate: () => drift,
      // @ts-expect-error: a location is not among what can be written
      remediation: { ...automatic, writes: ["location"] },
    }),
    // @ts-expect-error: what only reports has to say why
    defineControl({ ...sound, evaluate: () => drift, remediation: { mode: "report-only" } }),
    defineControl({
      ...sound,
      target: "account",
      // @ts-expect-error: an account has no versioning
      reads: ["versioning"],
      evaluate: () => drift,
      remediation: { mode: "report-only", why: "root alone may" },
    }),
    defineControl({
      ...sound,
      target: "region",
      reads: [],
      evaluate: () => drift,
      // @ts-expect-error: what a bucket has is not for a control of a Region to write
      remediation: automatic,
    }),
  ];
  expect(made).toHaveLength(10);
});
