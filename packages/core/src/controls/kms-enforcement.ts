import type { KeyState, PolicyText } from "../model/facets.ts";
import { absent, type Known, valueIn } from "../model/reading.ts";
import { partitionOf } from "../model/ref.ts";
import type { Allowance } from "../model/verdict.ts";
import { type Guarantee, guarantee } from "../policy/index.ts";
import { keyObstacle } from "./baseline-key.ts";
import { type Context, defineControl } from "./control.ts";
import { logWritersIn } from "./log-writers.ts";
import { judgePolicy } from "./policy-guarantee.ts";

/** Uploads that ask for weaker encryption than the baseline's must be denied. */
export const kmsEnforcement = defineControl({
  id: "kms-enforcement",
  reads: ["policy"],
  readsWhere: { baselineKey: ({ own }) => own.enforce === "key-pinned" },

  evaluate({ policy, baselineKey = absent }, context) {
    const exemption = exemptionOf(context, policy);
    if (exemption !== undefined) return { kind: "not-applicable", why: exemption };
    const keyArn = valueIn(baselineKey)?.arn;
    if (context.own.enforce === "key-pinned" && keyArn === undefined) {
      return { kind: "undecided", why: "the key that the baseline pins does not exist" };
    }
    const verdict = judgePolicy(policy, enforcement(context, keyArn));
    const hold = holdFor(context, baselineKey);
    return verdict.kind === "drift" && hold !== undefined ? { ...verdict, hold } : verdict;
  },

  remediation: {
    mode: "automatic",
    writes: ["policy"],
    intents: (drift) => [{ document: "policy", kind: "ensure-guarantee", ...drift }],
  },

  docs: {
    title: "Uploads must be encrypted with KMS",
    rationale:
      "Default encryption only fills a gap: a client that names SSE-S3 or brings its own key (SSE-C) overrides it.",
    breaks:
      "Uploads that name SSE-S3 or SSE-C are denied; with `header-required` also those without an encryption header, with `key-pinned` those that name another key or none.",
    stops: [
      "The bucket receives logs of S3 or of a load balancer: not applicable, because their delivery needs a target that accepts SSE-S3.",
      "The baseline's default encryption is SSE-S3: not applicable.",
      "The baseline asks for more than `header-optional`, or for DSSE-KMS: asks first.",
      "The key to pin cannot be used: blocked until it can; it does not exist: undecided.",
    ],
  },
  references: {},
});

function exemptionOf(
  { isLogTarget, settings }: Context<"kms-enforcement">,
  policy: Known<PolicyText>,
): string | undefined {
  if (settings["default-encryption"].algorithm === "SSE-S3") {
    return "the baseline asks for SSE-S3, which such a policy would deny";
  }
  const writers = logWritersIn(policy);
  const receivesLogs = isLogTarget || (writers.kind === "known" && writers.sseS3.length > 0);
  return receivesLogs ? "log delivery needs a target that accepts SSE-S3" : undefined;
}

/** What the stricter forms would break, or why they cannot work at all. */
function holdFor(
  { on, own, settings }: Context<"kms-enforcement">,
  key: Known<KeyState>,
): Exclude<Allowance, { mode: "automatic" }> | undefined {
  const named = settings["default-encryption"].key ?? "";
  const isPinned = own.enforce === "key-pinned";
  const blocked = isPinned ? keyObstacle(key, on.region, named) : undefined;
  const denied = [...deniedBy[own.enforce], ...(own.dsse === "required" ? [singleLayer] : [])];
  if (blocked !== undefined || denied.length === 0) return blocked;
  return { mode: "approval", why: `clients that ${denied.join(", or ")} would be denied` };
}

const deniedBy = {
  "header-optional": [],
  "header-required": ["rely on the default encryption and send no encryption header"],
  "key-pinned": ["name another key, SSE-S3, or SSE-KMS without a key"],
} as const;
const singleLayer = "name SSE-KMS and not DSSE-KMS";

function enforcement(context: Context<"kms-enforcement">, keyArn: string | undefined): Guarantee {
  const { on, own } = context;
  const where = { bucket: on.name, partition: partitionOf(on.region) };
  const pinned = own.enforce === "key-pinned" && keyArn !== undefined ? { keyArn } : {};
  return guarantee("kms-enforcement", { mode: own.enforce, dsse: own.dsse, ...pinned }, where);
}
