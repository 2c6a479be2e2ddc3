import { type Context, defineControl, type Verdict } from "./control.ts";
import { isNamedBy } from "./name-patterns.ts";
import { accountBlock, missingFlags, readsOrganization } from "./public-access-flags.ts";

type BlockContext = Context<"public-access-block">;

/** Strangers are kept out: by the bucket's own public access block, or by that of its account. */
export const publicAccessBlock = defineControl({
  id: "public-access-block",
  reads: ["publicAccessBlock"],
  readsWhere: {
    accountPublicAccess: countsAccount,
    organizationPublicAccess: (context) =>
      countsAccount(context) && readsOrganization(context.settings),
  },

  evaluate({ publicAccessBlock: block, ...around }, context) {
    const own = block.state === "present" ? block.value : undefined;
    if (missingFlags([own]).length === 0) {
      return { kind: "compliant", evidence: "all four flags of the public access block are on" };
    }
    const missing = missingFlags([own, accountBlock(around)]);
    if (missing.length === 0) {
      return { kind: "compliant", evidence: "all four flags are in force for the whole account" };
    }
    return block.state === "absent" && missing.length === 4
      ? drift("the bucket has no public access block", context)
      : drift(`the public access block lacks ${missing.join(", ")}`, context);
  },

  remediation: {
    mode: "automatic",
    writes: ["publicAccessBlock"],
    intents: () => [{ document: "publicAccessBlock", kind: "block-public-access" }],
  },

  docs: {
    title: "The public access block of the bucket is complete",
    rationale:
      "It is the one setting that keeps strangers out even when a policy or an ACL lets them in by mistake.",
    breaks:
      "Strangers who reach the bucket through a public policy or an ACL are locked out, other accounts behind a public policy as well.",
    stops: [
      "The baseline lets the bucket serve a website: asks first, because its visitors would be locked out.",
    ],
  },
  references: { "security-hub": ["S3.8"] },
});

function countsAccount({ own }: BlockContext): boolean {
  return own.level === "effective";
}

/** Judged by the baseline alone: whoever opens a bucket could also make it a website first. */
function drift(summary: string, { on, settings }: BlockContext): Verdict<Record<string, never>> {
  const found = { kind: "drift", summary, detail: {} } as const;
  if (!isNamedBy(settings.website.allowed, on)) return found;
  const why = "the baseline lets this bucket serve a website, and its visitors would be locked out";
  return { ...found, hold: { mode: "approval", why } };
}
