import { assertNever } from "../kernel/never.ts";
import type { KeyState } from "../model/facets.ts";
import { absent, type Known, valueIn } from "../model/reading.ts";
import { partitionOf } from "../model/ref.ts";
import type { Allowance } from "../model/verdict.ts";
import { type Guarantee, guarantee } from "../policy/index.ts";
import { keyObstacle } from "./baseline-key.ts";
import { type Context, defineControl } from "./control.ts";
import { judgePolicy } from "./policy-guarantee.ts";

/** Uploads that ask for weaker encryption than SSE-KMS must be denied. */
export const kmsEnforcement = defineControl({
  id: "kms-enforcement",
  reads: ["policy"],
  readsWhere: { baselineKey: ({ own }) => own.enforce === "key-pinned" },

  evaluate({ policy, baselineKey = absent }, context) {
    if (context.isLogTarget) {
      return { kind: "not-applicable", why: "log delivery needs a target that accepts SSE-S3" };
    }
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
      "The bucket receives access logs: not applicable, because log delivery needs a target that accepts SSE-S3.",
      "The baseline asks for more than `header-optional`: asks first.",
      "The key to pin cannot be used: blocked until it can; it does not exist: undecided.",
    ],
  },
  references: {},
});

/** What the stricter forms would break, or why they cannot work at all. */
function holdFor(
  { on, own, settings }: Context<"kms-enforcement">,
  key: Known<KeyState>,
): Exclude<Allowance, { mode: "automatic" }> | undefined {
  switch (own.enforce) {
    case "header-optional":
      return undefined;
    case "header-required":
      return {
        mode: "approval",
        why: "clients that rely on the default encryption and send no encryption header would be denied",
      };
    case "key-pinned":
      return (
        keyObstacle(key, on.region, settings["default-encryption"].key ?? "") ?? {
          mode: "approval",
          why: "clients that name another key, SSE-S3, or SSE-KMS without a key would be denied",
        }
      );
    default:
      return assertNever(own.enforce);
  }
}

function enforcement(context: Context<"kms-enforcement">, keyArn: string | undefined): Guarantee {
  const { on, own } = context;
  const where = { bucket: on.name, partition: partitionOf(on.region) };
  const pinned = own.enforce === "key-pinned" && keyArn !== undefined ? { keyArn } : {};
  return guarantee("kms-enforcement", { mode: own.enforce, ...pinned }, where);
}
