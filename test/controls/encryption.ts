import type { Encryption, KeyState, Readings } from "../../packages/core/src/model/facets.ts";
import { absent, type Known } from "../../packages/core/src/model/reading.ts";
import type { Allowance, Assessment } from "../../packages/core/src/model/verdict.ts";
import { aliasArn, encryptionOf, keyArn, keyOf, ordinary } from "./readings.ts";

export const bareId = "00000000-0000-4000-8000-000000000001";
export const otherArn = keyArn.replace(/1$/, "2");
export const automatic: Allowance = { mode: "automatic" };
export const keyless = { baseline: {} };
export const noBucketKey = {
  ...ordinary,
  "default-encryption": { key: aliasArn, bucketKey: false },
};

export type Intended = { algorithm?: string; bucketKeyEnabled?: boolean };

/** The `ordinary` baseline with another algorithm. */
export function asking(algorithm: "SSE-S3" | "SSE-KMS" | "DSSE") {
  return { baseline: { ...ordinary, "default-encryption": { key: aliasArn, algorithm } } };
}

export function drift(
  summary: string,
  more: Intended & { allowance?: Allowance } = {},
): Assessment {
  const { algorithm = "aws:kms", bucketKeyEnabled = true, allowance = automatic } = more;
  const target = { algorithm, keyId: keyArn, bucketKeyEnabled };
  const intent = { document: "encryption", kind: "set-default-encryption", ...target } as const;
  return { kind: "drift", summary, allowance, intents: [intent] };
}

export function compliant(evidence: string): Assessment {
  return { kind: "compliant", evidence };
}

export function readingsOf(
  encryption: Known<Encryption>,
  baselineKey: Known<KeyState> = keyOf(),
): Readings {
  return { encryption, baselineKey, policy: absent };
}

export const off = "the Bucket Key is off, so that every object costs a request to KMS";
export const kms = (keyId: string, bucketKeyEnabled = true) =>
  encryptionOf("aws:kms", { keyId, bucketKeyEnabled });
export const dsse = (keyId: string, bucketKeyEnabled = false) =>
  encryptionOf("aws:kms:dsse", { keyId, bucketKeyEnabled });
