import { type Context, defineControl } from "./control.ts";
import { isNamedBy } from "./name-patterns.ts";
import { enableWithMfa } from "./root-command.ts";

/** Deleting a version for good, or suspending versioning, needs the root user's MFA device. */
export const mfaDelete = defineControl({
  id: "mfa-delete",
  reads: [],
  readsWhere: { versioning: isAskedFor, lifecycle: isAskedFor },

  evaluate({ versioning, lifecycle }, { on }) {
    if (versioning === undefined || lifecycle === undefined) {
      return { kind: "not-applicable", why: "the baseline does not ask for MFA delete here" };
    }
    const state = versioning.state === "present" ? versioning.value.mfaDelete : "never-configured";
    if (state === "enabled") return { kind: "compliant", evidence: "MFA delete is enabled" };
    const seen = state === "disabled" ? "MFA delete was switched off" : "MFA delete was never on";
    return {
      kind: "drift",
      summary: `${seen}: whoever may delete versions can do so without the root user's MFA device`,
      detail: {},
      hold:
        lifecycle.state === "present"
          ? { mode: "report-only", why: conflict }
          : { mode: "report-only", why: rootOnly, command: enableWithMfa(on) },
    };
  },

  remediation: {
    mode: "report-only",
    why: "only the root user of the account can switch it on, with an MFA code",
  },

  docs: {
    title: "MFA delete is enabled where the baseline asks for it",
    rationale: "Stolen credentials alone must not be enough to destroy the versions of an object.",
    breaks:
      "Nothing is written. Under MFA delete no lifecycle rule works, and nobody but the root user deletes versions.",
    stops: [
      "The baseline does not name the bucket: not applicable.",
      "The bucket has lifecycle rules: flagged with the conflict, because S3 does not allow both.",
    ],
  },
  references: { "security-hub": ["S3.20"] },
});

function isAskedFor({ on, own }: Context<"mfa-delete">): boolean {
  return isNamedBy(own.buckets, on);
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
const rootOnly =
  "only the root user of the account can switch it on, over HTTPS with an MFA code; where root credentials were removed centrally, Object Lock in GOVERNANCE mode is the alternative";
const conflict =
  "the bucket has lifecycle rules, and S3 does not allow them together with MFA delete: remove the rules first, or protect the versions with Object Lock instead";
