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
    breaks:
      "Overwritten and deleted objects are kept from then on, and cost storage until a lifecycle rule removes them.",
    stops: [
      "MFA delete is on: flagged with the command, because only the root user with an MFA code can change versioning.",
    ],
  },
  references: { "security-hub": ["S3.14"] },
});

const neverSet = { status: "never-enabled", mfaDelete: "never-configured" } as const;
