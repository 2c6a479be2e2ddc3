import { expect, test } from "vitest";
import { deny, noOwnKeys, sse } from "../../../../test/controls/kms-statements.ts";
import {
  encryptionOf,
  invoices,
  judge,
  keyArn,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { Encryption, PolicyText } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { sseCBlocked } from "./sse-c-blocked.ts";

/** SSE-KMS with these types blocked; what S3 did not say is left out. */
function encryption(...types: readonly string[]) {
  const { value } = encryptionOf("aws:kms", { keyId: keyArn });
  if (types.length === 0) return present<Encryption>(value);
  const rule = { ...value.rule, BlockedEncryptionTypes: { EncryptionType: types } };
  return present<Encryption>({ ...value, blockedEncryptionTypes: types, rule });
}

const blocked: Assessment = {
  kind: "compliant",
  evidence: "the default encryption blocks SSE-C",
};
const denied: Assessment = {
  kind: "compliant",
  evidence: "proven for every request: every upload with a client's own key (SSE-C) is denied",
};
const drift: Assessment = {
  kind: "drift",
  summary: "neither the default encryption nor the bucket policy refuses SSE-C",
  witness: expect.stringContaining("s3:PutObject on arn:aws:s3:::invoices/"),
  allowance: { mode: "automatic" },
  intents: [{ document: "encryption", kind: "block-sse-c" }],
};

interface Row {
  readonly name: string;
  readonly encryption: Known<Encryption>;
  readonly policy: Known<PolicyText>;
  readonly expected: Assessment;
}

const customer = `${sse}-customer-algorithm`;
const hasOwnKey = { Null: { [customer]: "false" } };

test.each<Row>([
  {
    name: "SSE-C is blocked",
    encryption: encryption("SSE-C"),
    policy: absent,
    expected: blocked,
  },
  {
    name: "SSE-C is blocked beside a type of the future",
    encryption: encryption("SSE-X", "SSE-C"),
    policy: absent,
    expected: blocked,
  },
  {
    name: "S3 did not say what is blocked",
    encryption: encryption(),
    policy: absent,
    expected: drift,
  },
  {
    name: "NONE is blocked",
    encryption: encryption("NONE"),
    policy: absent,
    expected: drift,
  },
  {
    name: "another type is blocked",
    encryption: encryption("SSE-X"),
    policy: absent,
    expected: drift,
  },
  { name: "there is no rule at all", encryption: absent, policy: absent, expected: drift },
  {
    name: "the policy denies it in our words of KMS enforcement",
    encryption: encryption("NONE"),
    policy: policyOf(noOwnKeys),
    expected: denied,
  },
  {
    name: "the policy denies it by naming the algorithm, for every action",
    encryption: encryption(),
    policy: policyOf({
      ...deny({ StringLike: { [customer]: "*" } }),
      Action: "s3:*",
      Principal: { AWS: ["*"] },
    }),
    expected: denied,
  },
  {
    name: "the policy denies it for one prefix only",
    encryption: encryption("NONE"),
    policy: policyOf({ ...deny(hasOwnKey), Resource: "arn:aws:s3:::invoices/in/*" }),
    expected: drift,
  },
  {
    name: "a statement with the right name allows it",
    encryption: encryption("NONE"),
    policy: policyOf({ ...deny(hasOwnKey, "BucketWardenSseCDenied"), Effect: "Allow" }),
    expected: drift,
  },
  {
    name: "the policy denies uploads without SSE-C",
    encryption: encryption("NONE"),
    policy: policyOf(deny({ Null: { [customer]: "true" } })),
    expected: drift,
  },
  {
    name: "the policy is not one that IAM defines",
    encryption: encryption("NONE"),
    policy: present({ text: "[]" }),
    expected: {
      kind: "undecided",
      why: expect.stringMatching(/^the bucket policy is not one that IAM defines/),
    },
  },
  {
    name: "SSE-C is blocked, whatever the policy is",
    encryption: encryption("SSE-C"),
    policy: present({ text: "[]" }),
    expected: blocked,
  },
])("where $name: $expected.kind", ({ encryption, policy, expected }) => {
  expect(judge(sseCBlocked, { encryption, policy })).toEqual(expected);
});

test.each([
  { allowed: [], kind: "drift" },
  { allowed: ["invoice"], kind: "drift" },
  { allowed: ["in*"], kind: "not-applicable" },
  { allowed: ["x", "invoices"], kind: "not-applicable" },
])("with SSE-C allowed on $allowed it is $kind", ({ allowed, kind }) => {
  const baseline = { "sse-c-blocked": { allowed } };
  const readings = { encryption: encryption("NONE"), policy: absent };
  expect(judge(sseCBlocked, readings, { baseline }).kind).toBe(kind);
});

test.each(unreadRows(sseCBlocked))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const readings = { encryption: encryption("SSE-C"), policy: absent, [facet]: unknown(reason) };
  expect(judge(sseCBlocked, readings)).toEqual(unread(facet, reason));
});

const byDefault = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyArn };

test.each<{ name: string; types: readonly string[]; after: readonly string[] }>([
  { name: "nothing", types: [], after: ["SSE-C"] },
  { name: "NONE", types: ["NONE"], after: ["SSE-C"] },
  { name: "another type", types: ["SSE-X"], after: ["SSE-X", "SSE-C"] },
])("where $name was blocked, SSE-C is blocked once, under the same key", ({ types, after }) => {
  const readings = { encryption: encryption(...types), policy: absent };
  expect(repair(sseCBlocked, readings, { on: invoices })).toEqual({
    written: [
      {
        document: "encryption",
        after: {
          algorithm: "aws:kms",
          keyId: keyArn,
          bucketKeyEnabled: true,
          blockedEncryptionTypes: after,
          rule: {
            ApplyServerSideEncryptionByDefault: byDefault,
            BucketKeyEnabled: true,
            BlockedEncryptionTypes: { EncryptionType: after },
          },
        },
      },
    ],
    held: [],
    later: blocked,
    writtenAgain: [],
  });
});
