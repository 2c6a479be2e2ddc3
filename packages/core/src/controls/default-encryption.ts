import type { Encryption, KeyState, PolicyText } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import type { Allowance } from "../model/verdict.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";
import { logWriterIn } from "./log-delivery.ts";

interface Target {
  readonly algorithm: string;
  readonly keyId: string;
  readonly bucketKeyEnabled: boolean;
}

/** New objects are encrypted with SSE-KMS under the baseline's key, with a Bucket Key. */
export const defaultEncryption = defineControl({
  id: "default-encryption",
  reads: ["encryption", "baselineKey", "policy"],

  evaluate({ encryption, baselineKey, policy }, context): Verdict<Target | undefined> {
    // Since January 2023 every bucket encrypts with at least SSE-S3; an old endpoint may still say "none".
    const actual = encryption.state === "present" ? encryption.value : sseS3;
    if (context.isLogTarget) return judgeLogTarget(actual);
    const problem = problemOf(actual, baselineKey, context);
    if (problem === undefined) {
      return {
        kind: "compliant",
        evidence: `${actual.algorithm} with ${actual.keyId ?? "aws/s3"}`,
      };
    }
    const hold = keyObstacle(baselineKey, context) ?? deliveryObstacle(policy);
    const detail = targetFor(actual, baselineKey, context);
    return { kind: "drift", summary: problem, detail, ...(hold === undefined ? {} : { hold }) };
  },

  remediation: {
    mode: "automatic",
    writes: ["encryption"],
    intents: (target) =>
      target === undefined
        ? []
        : [{ document: "encryption", kind: "set-default-encryption", ...target }],
  },

  docs: {
    title: "Buckets encrypt with KMS by default",
    rationale:
      "With a customer managed key, access to the data needs a second permission that the bucket policy cannot give.",
  },
  references: {
    "security-hub": ["S3.17"],
    "config-rule": ["s3-default-encryption-kms"],
  },
});

const sseS3: Encryption = { algorithm: "AES256", bucketKeyEnabled: false, rule: {} };

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function judgeLogTarget(actual: Encryption): Verdict<undefined> {
  if (actual.algorithm === "AES256") {
    return { kind: "compliant", evidence: "SSE-S3, as a target of access logs must have" };
  }
  return {
    kind: "drift",
    summary: `this bucket receives access logs, and S3 silently stops delivering them under ${actual.algorithm}`,
    detail: undefined,
    hold: {
      mode: "approval",
      why: "going back to SSE-S3 weakens the encryption of whatever else is stored here",
    },
  };
}

function problemOf(
  actual: Encryption,
  key: Known<KeyState>,
  { own }: Context<"default-encryption">,
): string | undefined {
  if (actual.algorithm !== "aws:kms" && actual.algorithm !== "aws:kms:dsse") {
    return `default encryption is ${actual.algorithm}, not SSE-KMS`;
  }
  if (own.key !== undefined && !usesKey(actual, key)) {
    return `default encryption uses ${actual.keyId ?? "the AWS managed key aws/s3"}, not ${own.key}`;
  }
  // DSSE-KMS has no Bucket Keys.
  if (own.bucketKey && actual.algorithm === "aws:kms" && !actual.bucketKeyEnabled) {
    return "the Bucket Key is off, so that every object costs a request to KMS";
  }
  return undefined;
}

function usesKey(actual: Encryption, key: Known<KeyState>): boolean {
  if (key.state === "absent" || actual.keyId === undefined) return false;
  // S3 stores what it was given: the ARN or the bare id. An alias resolves in the account of
  // whoever uploads, so it is not the same key for everybody.
  return actual.keyId === key.value.arn || key.value.arn.endsWith(`:key/${actual.keyId}`);
}

function keyObstacle(
  key: Known<KeyState>,
  { own, on }: Context<"default-encryption">,
): Exclude<Allowance, { mode: "automatic" }> | undefined {
  if (own.key === undefined) {
    return { mode: "report-only", why: "the baseline names no key to encrypt with" };
  }
  const problem = keyProblem(key, on.region);
  if (problem === undefined) return undefined;
  // S3 does not check the key, so a bad one would break every upload from then on.
  const needs = `a usable key at ${own.key}`;
  return { mode: "blocked", why: `the key of the baseline ${problem}`, needs };
}

/** Log delivery into a bucket under SSE-KMS stops without an error, so a person looks first. */
function deliveryObstacle(
  policy: Known<PolicyText>,
): Exclude<Allowance, { mode: "automatic" }> | undefined {
  const service = policy.state === "present" ? logWriterIn(policy.value.text) : undefined;
  if (service === undefined) return undefined;
  const why = `the bucket policy lets ${service} deliver logs here, which may stop under SSE-KMS`;
  return { mode: "approval", why };
}

function keyProblem(key: Known<KeyState>, region: string): string | undefined {
  if (key.state === "absent") return "does not exist";
  const { state, usage, spec, arn } = key.value;
  if (state !== "Enabled") return `is in state ${state}`;
  if (usage !== "ENCRYPT_DECRYPT" || spec !== "SYMMETRIC_DEFAULT") {
    return `is of kind ${usage}/${spec}, and S3 needs a symmetric encryption key`;
  }
  if (arn.split(":")[3] !== region) return `lives in another region than the bucket (${arn})`;
  return undefined;
}

function targetFor(
  actual: Encryption,
  key: Known<KeyState>,
  { own }: Context<"default-encryption">,
): Target | undefined {
  if (key.state === "absent") return undefined;
  const dual = actual.algorithm === "aws:kms:dsse";
  return {
    algorithm: dual ? "aws:kms:dsse" : "aws:kms", // dual-layer encryption is never downgraded
    keyId: key.value.arn,
    bucketKeyEnabled: dual ? actual.bucketKeyEnabled : own.bucketKey || actual.bucketKeyEnabled,
  };
}
