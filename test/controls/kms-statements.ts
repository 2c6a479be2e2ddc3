import type { Controls } from "../../packages/core/src/baseline/index.ts";
import { kmsEnforcement } from "../../packages/core/src/controls/kms-enforcement.ts";
import type { PolicyText } from "../../packages/core/src/model/facets.ts";
import type { Reading } from "../../packages/core/src/model/reading.ts";
import { type BucketRef, partitionOf } from "../../packages/core/src/model/ref.ts";
import type { Allowance, Assessment } from "../../packages/core/src/model/verdict.ts";
import { type Guarantee, guarantee } from "../../packages/core/src/policy/index.ts";
import { invoices, judge, keyArn, keyOf, ordinary } from "./readings.ts";

export type Enforce = Controls["kms-enforcement"]["enforce"];

export const otherKey = keyArn.replace(/1$/, "2");
export const sse = "s3:x-amz-server-side-encryption";
export const keyId = `${sse}-aws-kms-key-id`;
const customer = `${sse}-customer-algorithm`;
export const kms = ["aws:kms", "aws:kms:dsse"];
const exempt = { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } };
export const object = "arn:aws:s3:::invoices/example.txt";

/** A Deny of every action that encrypts, under these conditions. */
export function deny(Condition: object, Sid?: string) {
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject", "s3:ReplicateObject", "s3:UpdateObjectEncryption"],
    Resource: "arn:aws:s3:::invoices/*",
    Condition,
  };
}

export const notKms = { Null: { [sse]: "false" }, StringNotEquals: { [sse]: kms } };
export const noOwnKeys = deny({ Null: { [customer]: "false" } });
export const ours = {
  "header-optional": [
    deny(notKms, "BucketWardenKmsEnforcement"),
    deny({ Null: { [customer]: "false" } }, "BucketWardenKmsEnforcementSseC"),
  ],
  "header-required": [
    deny({ StringNotEquals: { [sse]: kms }, ...exempt }, "BucketWardenKmsEnforcement"),
  ],
  "key-pinned": [
    deny(
      { Null: { [sse]: "false" }, StringNotEquals: { [keyId]: keyArn }, ...exempt },
      "BucketWardenKmsEnforcementKey",
    ),
    deny(
      { Null: { [keyId]: "false" }, StringNotEquals: { [keyId]: keyArn }, ...exempt },
      "BucketWardenKmsEnforcementKeyId",
    ),
    deny({ Null: { [customer]: "false" }, ...exempt }, "BucketWardenKmsEnforcementSseC"),
  ],
} as const;

const sentences = {
  "header-optional":
    "every upload that names an encryption other than aws:kms or aws:kms:dsse is denied",
  "header-required": "every upload that does not name aws:kms or aws:kms:dsse is denied",
  "key-pinned": `every upload that names an encryption other than aws:kms or aws:kms:dsse under ${keyArn} is denied`,
} as const;

export function baselineOf(enforce: Enforce) {
  return { ...ordinary, "kms-enforcement": { enforce } };
}

function promise(enforce: Enforce, on: BucketRef = invoices): Guarantee {
  const pinned = enforce === "key-pinned" ? { keyArn } : {};
  const where = { bucket: on.name, partition: partitionOf(on.region) };
  return guarantee("kms-enforcement", { mode: enforce, ...pinned }, where);
}

export function compliant(enforce: Enforce): Assessment {
  return { kind: "compliant", evidence: `proven for every request: ${sentences[enforce]}` };
}

const allowances: Readonly<Record<Enforce, Allowance>> = {
  "header-optional": { mode: "automatic" },
  "header-required": {
    mode: "approval",
    why: "clients that rely on the default encryption and send no encryption header would be denied",
  },
  "key-pinned": {
    mode: "approval",
    why: "clients that name another key, SSE-S3, or SSE-KMS without a key would be denied",
  },
};

export function drift(enforce: Enforce, witness: string, on?: BucketRef): Assessment {
  return {
    kind: "drift",
    summary: `the bucket policy does not enforce it: ${sentences[enforce]}`,
    witness,
    allowance: allowances[enforce],
    intents: [{ document: "policy", kind: "ensure-guarantee", guarantee: promise(enforce, on) }],
  };
}

export function judgeUnder(enforce: Enforce, policy: Reading<PolicyText>): Assessment {
  const readings = { policy, baselineKey: keyOf() };
  return judge(kmsEnforcement, readings, { baseline: baselineOf(enforce) });
}

export const put = `anonymous may call s3:PutObject on ${object}`;
export const asking = "asking for encryption other than aws:kms or aws:kms:dsse";
