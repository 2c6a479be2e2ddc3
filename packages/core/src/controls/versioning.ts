import { defineControl } from "./control.ts";
import { enableWithMfa } from "./root-command.ts";

/** Overwritten and deleted objects stay recoverable. */
export const versioning = defineControl({
  id: "versioning",
  reads: ["versioning"],

  evaluate({ versioning }, { on }) {
    const actual = versioning.state === "present" ? versioning.value : neverSet;
    if (actual.status === "enabled")
      return { kind: "compliant", evidence: "versioning is enabled" };
    const summary =
      actual.status === "suspended" ? "versioning is suspended" : "versioning was never enabled";
    if (actual.mfaDelete !== "enabled") return { kind: "drift", summary, detail: {} };
    return {
      kind: "drift",
      summary,
      detail: {},
      hold: {
        mode: "report-only",
        why: "the bucket has MFA delete, so only the root user with an MFA code can change versioning",
        command: enableWithMfa(on),
      },
    };
  },

  remediation: {
    mode: "automatic",
    writes: ["versioning"],
    intents: () => [{ document: "versioning", kind: "enable-versioning" }],
  },

  docs: {
    title: "Versioning is enabled",
    rationale: "Without versions, one overwrite or delete loses the data for good.",
  },
  references: {
    "security-hub": ["S3.14"],
    "config-rule": ["s3-bucket-versioning-enabled"],
  },
});

const neverSet = { status: "never-enabled", mfaDelete: "never-configured" } as const;
