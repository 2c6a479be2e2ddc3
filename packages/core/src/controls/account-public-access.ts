import type { Allowance } from "../model/verdict.ts";
import { defineControl } from "./control.ts";
import { accountBlock, missingFlags, readsOrganization } from "./public-access-flags.ts";

/** The public access block of the account is complete, so that no bucket in it can be opened. */
export const accountPublicAccess = defineControl({
  id: "account-public-access",
  target: "account",
  reads: ["accountPublicAccess"],
  readsWhere: {
    organizationPublicAccess: ({ settings }) => readsOrganization(settings),
  },

  evaluate(facts) {
    const { accountPublicAccess: block, organizationPublicAccess: organization } = facts;
    const missing = missingFlags([accountBlock(facts)]);
    const ruled = organization?.state === "present";
    if (missing.length === 0) {
      const who = ruled ? "a policy of the organization" : "the public access block of the account";
      return { kind: "compliant", evidence: `${who} turns on all four flags` };
    }
    if (ruled) {
      const summary = "a policy of the organization turns the public access block off";
      return { kind: "drift", summary, detail: {}, hold: ruledOut };
    }
    const summary =
      block.state === "absent"
        ? "the account has no public access block"
        : `the public access block of the account lacks ${missing.join(", ")}`;
    return { kind: "drift", summary, detail: {}, hold: asks };
  },

  remediation: {
    mode: "approval",
    writes: ["accountPublicAccess"],
    intents: () => [{ document: "accountPublicAccess", kind: "block-account-public-access" }],
  },

  docs: {
    title: "The public access block of the account is complete",
    rationale:
      "It covers every bucket and access point of the account, also those that are made tomorrow, and no owner of a bucket can lift it.",
    breaks:
      "Strangers lose every bucket of the account at once: public websites and downloads, and other accounts behind public policies.",
    stops: [
      "A policy of the organization turns the block off: nothing is written, since accounts cannot change it then.",
    ],
  },
  references: { "security-hub": ["S3.1"] },
});

const asks: Allowance & { readonly mode: "approval" } = {
  mode: "approval",
  why: "it can cut off every public bucket of the account at once",
};

const ruledOut: Allowance & { readonly mode: "blocked" } = {
  mode: "blocked",
  why: "while the organization rules the public access block, accounts cannot change it",
  needs: "a change of the S3 policy in AWS Organizations",
};
