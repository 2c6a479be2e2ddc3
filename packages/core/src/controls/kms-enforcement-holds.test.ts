import { expect, test } from "vitest";
import {
  asking,
  baselineOf,
  compliant,
  deny,
  drift,
  type Enforce,
  judgeUnder,
  kms,
  noOwnKeys,
  notKms,
  object,
  ours,
  put,
  sse,
} from "../../../../test/controls/kms-statements.ts";
import {
  aliasArn,
  bucket,
  judge,
  keyOf,
  logs,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { PolicyText, Readings } from "../model/facets.ts";
import { absent, present, type Reading } from "../model/reading.ts";
import { type Decision, evaluate, parse, type Request } from "../policy/index.ts";
import { kmsEnforcement } from "./kms-enforcement.ts";

test.each<Enforce>(["header-optional", "header-required"])(
  "under %s a bucket without a policy lets every encryption pass, whatever the key",
  (enforce) => {
    const baseline = baselineOf(enforce);
    const expected = drift(enforce, `${put} ${asking}`);
    const keys = [keyOf(), keyOf({ state: "Disabled" }), absent];
    const readings = keys.map((baselineKey) => ({ policy: absent, baselineKey }));
    expect(readings.map((it) => judge(kmsEnforcement, it, { baseline }))).toEqual([
      expected,
      expected,
      expected,
    ]);
  },
);

test("a key that does not exist cannot be pinned", () => {
  const readings = { policy: policyOf(...ours["key-pinned"]), baselineKey: absent };
  expect(judge(kmsEnforcement, readings, { baseline: baselineOf("key-pinned") })).toEqual({
    kind: "undecided",
    why: "the key that the baseline pins does not exist",
  });
});

// Once pinned, such a key refuses every upload that names it, and the policy every other one.
test.each([
  { key: { state: "Disabled" }, trouble: "is in state Disabled" },
  { key: { state: "PendingDeletion" }, trouble: "is in state PendingDeletion" },
  {
    key: { usage: "SIGN_VERIFY", spec: "RSA_2048" },
    trouble: "is of kind SIGN_VERIFY/RSA_2048, and S3 needs a symmetric encryption key",
  },
])("a key that $trouble is not pinned before it is usable", ({ key, trouble }) => {
  const readings = { policy: absent, baselineKey: keyOf(key) };
  const why = `the key of the baseline ${trouble}`;
  const needs = `a usable key at ${aliasArn}`;
  const situation = { baseline: baselineOf("key-pinned"), asked: true };
  const expected = {
    ...drift("key-pinned", `${put} ${asking}`),
    allowance: { mode: "blocked", why, needs },
  };
  expect(repair(kmsEnforcement, readings, situation)).toEqual({
    written: [],
    held: [{ control: "kms-enforcement", kind: "blocked", why, next: `needs ${needs}` }],
    later: expected,
    writtenAgain: [],
  });
});

const headerless: Request = {
  principal: { kind: "anonymous" },
  action: "s3:PutObject",
  resource: object,
  context: {},
};

function headerlessUnder(enforce: Enforce): Decision["kind"] {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: ours[enforce] }));
  return parsed.kind === "parsed" ? evaluate(parsed.policy, headerless).kind : "undecided";
}

test.each<[Enforce, Decision["kind"]]>([
  ["header-optional", "neither"],
  ["header-required", "deny"],
  ["key-pinned", "neither"],
])("what %s writes answers an upload without headers with: %s", (enforce, kind) => {
  expect(headerlessUnder(enforce)).toBe(kind);
});

test.each([
  { by: { Service: "logging.s3.amazonaws.com" } },
  { by: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" } },
  { by: { AWS: "arn:aws:iam::156460612806:root" } },
])("where $by may deliver logs, SSE-S3 may be named", ({ by }) => {
  const Resource = "arn:aws:s3:::invoices/*";
  const policy = policyOf({ Effect: "Allow", Principal: by, Action: "s3:PutObject", Resource });
  expect(judge(kmsEnforcement, { policy, baselineKey: keyOf() })).toEqual({
    kind: "not-applicable",
    why: "log delivery needs a target that accepts SSE-S3",
  });
});

// Vended logs arrive under a key that lets them in, and send no header.
test("where delivery.logs.amazonaws.com may deliver logs, KMS is enforced", () => {
  const Resource = "arn:aws:s3:::invoices/*";
  const Principal = { Service: "delivery.logs.amazonaws.com" };
  const policy = policyOf({ Effect: "Allow", Principal, Action: "s3:PutObject", Resource });
  expect(judge(kmsEnforcement, { policy, baselineKey: keyOf() })).toMatchObject({
    kind: "drift",
    allowance: { mode: "automatic" },
  });
});

test("where the baseline asks for SSE-S3, nobody has to name KMS", () => {
  const baseline = { "default-encryption": { algorithm: "SSE-S3" } };
  const readings = { policy: absent, baselineKey: absent };
  expect(judge(kmsEnforcement, readings, { baseline })).toEqual({
    kind: "not-applicable",
    why: "the baseline asks for SSE-S3, which such a policy would deny",
  });
});

test.each<{ name: string; policy: Reading<PolicyText>; why: string }>([
  {
    name: "is not JSON",
    policy: present({ text: "{" }),
    why: "the bucket policy is not one that IAM defines (: expected a string in double quotes, found the end of the text (line 1, column 2))",
  },
  {
    name: "has Conditions",
    policy: policyOf({ ...noOwnKeys, Conditions: notKms }),
    why: 'the bucket policy is not one that IAM defines (Statement[0].Conditions: the policy language has no element "Conditions" here)',
  },
  {
    name: "hangs on an operator that is not known",
    policy: policyOf(deny({ StringDiffers: { [sse]: kms } }), noOwnKeys),
    why: "statement 1 is in doubt: the operator StringDiffers is not known",
  },
])("a policy that $name is undecided", ({ policy, why }) => {
  const undecided = { kind: "undecided", why };
  expect(judgeUnder("header-optional", policy)).toEqual(undecided);
  expect(judgeUnder("header-required", policy)).toEqual(undecided);
});

test.each<Enforce>(["header-optional", "header-required", "key-pinned"])(
  "under %s a log bucket may take SSE-S3",
  (enforce) => {
    const situation = { on: logs, baseline: baselineOf(enforce) };
    const expected = {
      kind: "not-applicable",
      why: "log delivery needs a target that accepts SSE-S3",
    };
    const readings = { policy: absent, baselineKey: absent };
    expect(judge(kmsEnforcement, readings, situation)).toEqual(expected);
  },
);

test("in another partition the bucket has another ARN", () => {
  const on = bucket("invoices", "cn-north-1");
  const witness = `${put.replace("arn:aws:", "arn:aws-cn:")} ${asking}`;
  const readings = { policy: policyOf(...ours["header-optional"]), baselineKey: keyOf() };
  expect(judge(kmsEnforcement, readings, { on })).toEqual(drift("header-optional", witness, on));
});

const foreign = { ...deny({ Null: { [sse]: "true" } }, "Theirs"), Action: "s3:DeleteObject" };

test.each<{ enforce: Enforce; name: string; before: readonly object[]; kept: readonly object[] }>([
  { enforce: "header-optional", name: "no statement", before: [], kept: [] },
  { enforce: "header-optional", name: "statements of others", before: [foreign], kept: [foreign] },
  {
    enforce: "header-optional",
    name: "what an earlier baseline wrote",
    before: [...ours["key-pinned"], foreign],
    kept: [foreign],
  },
  {
    enforce: "header-required",
    name: "what an earlier baseline wrote",
    before: [foreign, ...ours["header-optional"]],
    kept: [foreign],
  },
  { enforce: "key-pinned", name: "a pin on another key", before: [foreign], kept: [foreign] },
])(
  "under $enforce $name is followed or replaced by ours, once asked for",
  ({ enforce, before, kept }) => {
    const policy = before.length === 0 ? absent : policyOf(...before);
    const situation = { baseline: baselineOf(enforce), asked: true };
    const text = JSON.stringify({ Version: "2012-10-17", Statement: [...kept, ...ours[enforce]] });
    expect(repair(kmsEnforcement, { policy, baselineKey: keyOf() }, situation)).toEqual({
      written: [{ document: "policy", after: { text } }],
      held: [],
      later: compliant(enforce),
      writtenAgain: [],
    });
  },
);

test.each<{ enforce: Enforce; steps: number }>([
  { enforce: "header-optional", steps: 1 },
  { enforce: "header-required", steps: 0 },
  { enforce: "key-pinned", steps: 0 },
])("unasked, $enforce makes $steps steps", ({ enforce, steps }) => {
  const readings = { policy: absent, baselineKey: keyOf() };
  const { written, held } = repair(kmsEnforcement, readings, { baseline: baselineOf(enforce) });
  expect(written).toHaveLength(steps);
  expect(held.map(({ kind }) => kind)).toEqual(steps === 0 ? ["approval"] : []);
});

test.each(unreadRows(kmsEnforcement))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const sound: Readings = { policy: policyOf(...ours["key-pinned"]), baselineKey: keyOf() };
  const readings = { ...sound, [facet]: unknown(reason) };
  const situation = { baseline: baselineOf("key-pinned") };
  expect(judge(kmsEnforcement, readings, situation)).toEqual(unread(facet, reason));
});

test.each<Enforce>(["header-optional", "header-required"])(
  "under %s nobody asks for the key, and one that cannot be described matters not",
  (enforce) => {
    const readings = { policy: policyOf(...ours[enforce]), baselineKey: unknown("denied") };
    const situation = { baseline: baselineOf(enforce) };
    expect(judge(kmsEnforcement, readings, situation)).toEqual(compliant(enforce));
  },
);
