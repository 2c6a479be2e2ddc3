import type { Encryption } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { partitionOf } from "../model/ref.ts";
import { guarantee } from "../policy/index.ts";
import { defineControl } from "./control.ts";
import { isNamedBy } from "./name-patterns.ts";
import { judgePolicy } from "./policy-guarantee.ts";

/** Nobody can store objects under a key that only the uploader has (SSE-C). */
export const sseCBlocked = defineControl({
  id: "sse-c-blocked",
  reads: ["encryption", "policy"],

  evaluate({ encryption, policy }, { on, own }) {
    if (isNamedBy(own.allowed, on)) {
      return { kind: "not-applicable", why: "the baseline lets clients use SSE-C here" };
    }
    if (isBlockedBy(encryption)) {
      return { kind: "compliant", evidence: "the default encryption blocks SSE-C" };
    }
    const where = { bucket: on.name, partition: partitionOf(on.region) };
    const verdict = judgePolicy(policy, guarantee("sse-c-denied", {}, where));
    if (verdict.kind !== "drift") return verdict;
    return {
      ...verdict,
      summary: "neither the default encryption nor the bucket policy refuses SSE-C",
      detail: {},
    };
  },

  remediation: {
    mode: "automatic",
    writes: ["encryption"],
    intents: () => [{ document: "encryption", kind: "block-sse-c" }],
  },

  docs: {
    title: "Uploads with a client's own key are refused",
    rationale:
      "Whoever can overwrite objects can lock them under a key that only they have: with SSE-C nobody else ever reads the data again.",
    breaks: "Uploads and copies under a key of the client (SSE-C) are refused.",
    stops: ["The baseline lets clients bring their own keys here: not applicable."],
  },
  references: {},
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html */
function isBlockedBy(encryption: Known<Encryption>): boolean {
  if (encryption.state === "absent") return false;
  return encryption.value.blockedEncryptionTypes?.includes("SSE-C") ?? false;
}
