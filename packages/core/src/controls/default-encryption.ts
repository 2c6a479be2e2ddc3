import { assertNever } from "../kernel/never.ts";
import type { Encryption, KeyState } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import type { Allowance } from "../model/verdict.ts";
import { keyObstacle } from "./baseline-key.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";
import { type LogWriters, logWritersIn } from "./log-writers.ts";
import { backToSseS3 } from "./sse-s3-command.ts";

type DefaultContext = Context<"default-encryption">;

interface Target {
  readonly algorithm: string;
  readonly keyId: string;
  readonly bucketKeyEnabled: boolean;
}

/** New objects are encrypted as the baseline asks, or more strongly. */
export const defaultEncryption = defineControl({
  id: "default-encryption",
  reads: ["encryption", "baselineKey", "policy"],

  evaluate({ encryption, baselineKey, policy }, context): Verdict<Target | undefined> {
    // Since January 2023 every bucket encrypts with at least SSE-S3; an old endpoint may still say "none".
    const actual = encryption.state === "present" ? encryption.value : sseS3;
    const writers = logWritersIn(policy);
    const need = needOfSseS3(context, writers);
    if (need !== undefined) return judgeLogBucket(actual, need, context);
    if (context.own.algorithm === "SSE-S3") return judgeUnderSseS3(actual);
    const problem = problemOf(actual, baselineKey, context);
    if (problem === undefined) return judgeKey(actual, baselineKey, context);
    const hold = obstacleTo(actual, { key: baselineKey, writers }, context);
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
    title: "Buckets encrypt by default as the baseline asks",
    rationale:
      "With a customer managed key, access to the data needs a second permission that the bucket policy cannot give.",
    breaks:
      "Whoever reads new objects also needs `kms:Decrypt` on the key, and log delivery into the bucket may stop.",
    stops: [
      "The baseline names no key: flagged.",
      "The key is missing, not enabled, of another kind or in another Region: blocked until it works. S3 does not check it, and every upload would fail.",
      "The bucket policy lets `delivery.logs.amazonaws.com` deliver logs here: asks first, because the key has to let it in.",
      "The bucket has an encryption that this version does not know: asks first, since it may be the stronger one.",
      "The bucket receives logs of S3 or of a load balancer, as the baseline or its policy says: stays on SSE-S3.",
      "Such a bucket is under KMS: flagged with the command, because going back weakens it.",
    ],
  },
  references: { "security-hub": ["S3.17"] },
});

const sseS3: Encryption = { algorithm: "AES256", bucketKeyEnabled: false, rule: {} };

/** Who needs the bucket to stay on SSE-S3, in words; undefined where nobody does. */
function needOfSseS3({ isLogTarget }: DefaultContext, writers: LogWriters): LogNeed | undefined {
  if (isLogTarget) {
    return { as: "as a target of access logs must have", of: "this bucket receives access logs" };
  }
  const writer = writers.kind === "known" ? writers.sseS3[0] : undefined;
  if (writer === undefined) return undefined;
  return {
    as: `as ${writer} needs it to deliver logs`,
    of: `the bucket policy lets ${writer} deliver logs here`,
  };
}

interface LogNeed {
  readonly as: string;
  readonly of: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function judgeLogBucket(
  actual: Encryption,
  need: LogNeed,
  { on }: DefaultContext,
): Verdict<undefined> {
  if (actual.algorithm === "AES256") return { kind: "compliant", evidence: `SSE-S3, ${need.as}` };
  return {
    kind: "drift",
    summary: `${need.of}, and they silently stop arriving under ${actual.algorithm}`,
    detail: undefined,
    hold: {
      mode: "report-only",
      why: "going back to SSE-S3 weakens the encryption of whatever else is stored here",
      command: backToSseS3(actual, on.name),
    },
  };
}

/** Nothing that S3 knows is weaker, so there is never anything to write. */
function judgeUnderSseS3(actual: Encryption): Verdict<undefined> {
  if (strengthOf(actual) < 0) return { kind: "undecided", why: unknownTo(actual) };
  const key = isKms(actual) ? ` with ${actual.keyId ?? "aws/s3"}, stronger than asked` : "";
  return { kind: "compliant", evidence: `${actual.algorithm}${key}` };
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
  const wanted = own.algorithm === "DSSE" ? dsseKms : sseKms;
  if (strengthOf(actual) < strengths.indexOf(wanted.algorithm)) {
    return `default encryption is ${actual.algorithm}, not ${wanted.name}`;
  }
  if (own.key !== undefined && !usesKey(actual, key, on.account)) {
    const named = key.state === "present" ? key.value.arn : own.key;
    return `default encryption uses ${nameOfKey(actual)}, not ${named}`;
  }
  // DSSE-KMS has no Bucket Keys.
  if (own.bucketKey && actual.algorithm === sseKms.algorithm && !actual.bucketKeyEnabled) {
    return "the Bucket Key is off, so that every object costs a request to KMS";
  }
  return undefined;
}

const sseKms = { algorithm: "aws:kms", name: "SSE-KMS" } as const;
const dsseKms = { algorithm: "aws:kms:dsse", name: "DSSE-KMS" } as const;

/** What S3 calls them, the weakest first. */
const strengths: readonly string[] = [sseS3.algorithm, sseKms.algorithm, dsseKms.algorithm];

/** Below 0 for one that this version does not know. */
function strengthOf({ algorithm }: Encryption): number {
  return strengths.indexOf(algorithm);
}

function isKms(actual: Encryption): boolean {
  return strengthOf(actual) > 0;
}

function unknownTo({ algorithm }: Encryption): string {
  return `${algorithm} is an encryption that this version does not know; it may be the stronger one`;
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
  { key, writers }: { readonly key: Known<KeyState>; readonly writers: LogWriters },
  { on, own }: DefaultContext,
): Hold | undefined {
  if (own.key === undefined) {
    return { mode: "report-only", why: "the baseline names no key to encrypt with" };
  }
  const obstacle = keyObstacle(key, on.region, own.key);
  // Under KMS already: whatever KMS breaks is broken, and nothing gets weaker.
  if (obstacle !== undefined || isKms(actual)) return obstacle;
  if (strengthOf(actual) < 0) return { mode: "approval", why: unknownTo(actual) };
  return deliveryObstacle(writers);
}

/** Log delivery that the key does not let in stops without an error, so a person looks first. */
function deliveryObstacle(writers: LogWriters): Hold | undefined {
  switch (writers.kind) {
    case "unknown":
      return { mode: "approval", why: `${writers.why}, so nobody knows who delivers logs here` };
    case "known": {
      const [writer] = writers.anyKey;
      if (writer === undefined) return undefined;
      const why = `the bucket policy lets ${writer} deliver logs here, which stops unless the policy of the key lets it in`;
      return { mode: "approval", why };
    }
    default:
      return assertNever(writers);
  }
}

function targetFor(
  actual: Encryption,
  key: Known<KeyState>,
  { own }: DefaultContext,
): Target | undefined {
  if (key.state === "absent") return undefined;
  const keyId = key.value.arn;
  const isDual = actual.algorithm === dsseKms.algorithm;
  if (!isDual && own.algorithm !== "DSSE") {
    const bucketKeyEnabled = own.bucketKey || actual.bucketKeyEnabled;
    return { algorithm: sseKms.algorithm, keyId, bucketKeyEnabled };
  }
  // Dual-layer encryption is never downgraded, and has no Bucket Keys to switch on.
  const bucketKeyEnabled = isDual && actual.bucketKeyEnabled;
  return { algorithm: dsseKms.algorithm, keyId, bucketKeyEnabled };
}
