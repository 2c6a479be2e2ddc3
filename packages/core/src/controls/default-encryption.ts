import type { Encryption, KeyState, PolicyText } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import type { Allowance } from "../model/verdict.ts";
import { keyObstacle } from "./baseline-key.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";
import { logWriterIn } from "./log-delivery.ts";

type DefaultContext = Context<"default-encryption">;

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
    if (context.isLogTarget) return judgeLogTarget(actual, context);
    const problem = problemOf(actual, baselineKey, context);
    if (problem === undefined) return judgeKey(actual, baselineKey, context);
    const hold = obstacleTo(actual, { key: baselineKey, policy }, context);
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
    breaks:
      "Whoever reads new objects also needs `kms:Decrypt` on the key, and log delivery into the bucket may stop.",
    stops: [
      "The baseline names no key: flagged.",
      "The key is missing, not enabled, of another kind or in another Region: blocked until it works. S3 does not check it, and every upload would fail.",
      "The bucket policy lets a service deliver logs here: asks first.",
      "The bucket has an encryption that this version does not know: asks first, since it may be the stronger one.",
      "The bucket receives access logs and is under KMS: flagged with the command, because going back weakens it.",
    ],
  },
  references: { "security-hub": ["S3.17"] },
});

const sseS3: Encryption = { algorithm: "AES256", bucketKeyEnabled: false, rule: {} };

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function judgeLogTarget(actual: Encryption, { on }: DefaultContext): Verdict<undefined> {
  if (actual.algorithm === "AES256") {
    return { kind: "compliant", evidence: "SSE-S3, as a target of access logs must have" };
  }
  return {
    kind: "drift",
    summary: `this bucket receives access logs, and S3 silently stops delivering them under ${actual.algorithm}`,
    detail: undefined,
    hold: {
      mode: "report-only",
      why: "going back to SSE-S3 weakens the encryption of whatever else is stored here",
      command: backToSseS3(actual, on.name),
    },
  };
}

function backToSseS3({ blockedEncryptionTypes }: Encryption, bucket: string): string {
  const blocked =
    blockedEncryptionTypes === undefined
      ? {}
      : { BlockedEncryptionTypes: { EncryptionType: blockedEncryptionTypes } };
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, ...blocked };
  const configuration = JSON.stringify({ Rules: [rule] });
  return `aws s3api put-bucket-encryption --bucket ${bucket} --server-side-encryption-configuration '${configuration}'`;
}

/** Algorithm and key are right; a key that does not work is drift all the same. */
function judgeKey(
  actual: Encryption,
  key: Known<KeyState>,
  { on, own }: DefaultContext,
): Verdict<undefined> {
  const hold = own.key === undefined ? undefined : keyObstacle(key, on.region, own.key);
  if (hold === undefined) {
    return { kind: "compliant", evidence: `${actual.algorithm} with ${actual.keyId ?? "aws/s3"}` };
  }
  const summary = `nothing can be encrypted or read here: ${hold.why}`;
  return { kind: "drift", summary, detail: undefined, hold };
}

function problemOf(
  actual: Encryption,
  key: Known<KeyState>,
  { on, own }: DefaultContext,
): string | undefined {
  if (!isKms(actual)) return `default encryption is ${actual.algorithm}, not SSE-KMS`;
  if (own.key !== undefined && !usesKey(actual, key, on.account)) {
    const wanted = key.state === "present" ? key.value.arn : own.key;
    return `default encryption uses ${nameOfKey(actual)}, not ${wanted}`;
  }
  // DSSE-KMS has no Bucket Keys.
  if (own.bucketKey && actual.algorithm === "aws:kms" && !actual.bucketKeyEnabled) {
    return "the Bucket Key is off, so that every object costs a request to KMS";
  }
  return undefined;
}

function isKms({ algorithm }: Encryption): boolean {
  return algorithm === "aws:kms" || algorithm === "aws:kms:dsse";
}

function nameOfKey({ keyId = "the AWS managed key aws/s3" }: Encryption): string {
  const alias = keyId.startsWith("alias/") || keyId.includes(":alias/");
  return alias ? `${keyId}, which is another key for each account that uploads` : keyId;
}

/** S3 stores what it was given: the ARN, or the bare id of a key in the account of the bucket. */
function usesKey(actual: Encryption, key: Known<KeyState>, account: string): boolean {
  if (key.state === "absent" || actual.keyId === undefined) return false;
  const { arn } = key.value;
  return actual.keyId === arn || arn.endsWith(`:${account}:key/${actual.keyId}`);
}

type Hold = Exclude<Allowance, { mode: "automatic" }>;

function obstacleTo(
  actual: Encryption,
  { key, policy }: { readonly key: Known<KeyState>; readonly policy: Known<PolicyText> },
  { on, own }: DefaultContext,
): Hold | undefined {
  if (own.key === undefined) {
    return { mode: "report-only", why: "the baseline names no key to encrypt with" };
  }
  const obstacle = keyObstacle(key, on.region, own.key);
  // Under KMS already: whatever KMS breaks is broken, and nothing gets weaker.
  if (obstacle !== undefined || isKms(actual)) return obstacle;
  if (actual.algorithm !== "AES256") {
    return {
      mode: "approval",
      why: `${actual.algorithm} is an encryption that this version does not know; it may be the stronger one`,
    };
  }
  return deliveryObstacle(policy);
}

/** Log delivery into a bucket under SSE-KMS stops without an error, so a person looks first. */
function deliveryObstacle(policy: Known<PolicyText>): Hold | undefined {
  const service = policy.state === "present" ? logWriterIn(policy.value.text) : undefined;
  if (service === undefined) return undefined;
  const why = `the bucket policy lets ${service} deliver logs here, which may stop under SSE-KMS`;
  return { mode: "approval", why };
}

function targetFor(
  actual: Encryption,
  key: Known<KeyState>,
  { own }: DefaultContext,
): Target | undefined {
  if (key.state === "absent") return undefined;
  const dual = actual.algorithm === "aws:kms:dsse";
  return {
    algorithm: dual ? "aws:kms:dsse" : "aws:kms", // dual-layer encryption is never downgraded
    keyId: key.value.arn,
    bucketKeyEnabled: dual ? actual.bucketKeyEnabled : own.bucketKey || actual.bucketKeyEnabled,
  };
}
