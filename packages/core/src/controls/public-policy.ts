import type { PublicAccessBlock } from "../model/facets.ts";
import { valueIn } from "../model/reading.ts";
import type { BucketRef } from "../model/ref.ts";
import { type Policy, type PublicStatement, parse, publicAccess } from "../policy/index.ts";
import { defineControl } from "./control.ts";
import { notAPolicy } from "./policy-guarantee.ts";
import { accountBlock, readsOrganization } from "./public-access-flags.ts";

/** No statement of the bucket policy is for everyone, in the sense of S3's Block Public Access. */
export const publicPolicy = defineControl({
  id: "public-policy",
  reads: ["policy", "publicAccessBlock", "accountPublicAccess"],
  readsWhere: { organizationPublicAccess: ({ settings }) => readsOrganization(settings) },

  evaluate({ policy, publicAccessBlock, ...around }, { on }) {
    if (policy.state === "absent") return { kind: "compliant", evidence: "there is no policy" };
    const parsed = parse(policy.value.text);
    if (parsed.kind === "invalid") return notAPolicy(parsed);
    const access = publicAccess(parsed.policy);
    if (access.kind === "not-public") {
      return { kind: "compliant", evidence: "no statement of the policy is public" };
    }
    const restricted = [valueIn(publicAccessBlock), accountBlock(around)].some(isRestricted);
    const found = access.statements.map((it) => inWords(it, parsed.policy)).join("; ");
    const now = restricted ? "RestrictPublicBuckets still keeps strangers out" : "it is in force";
    return {
      kind: "drift",
      summary: `${found}; ${now}`,
      ...witnessOf(access.statements),
      detail: {},
      hold: {
        mode: "report-only",
        why: "only the owners know whom a public statement is for",
        ...(restricted ? {} : { command: restrict(on) }),
      },
    };
  },

  remediation: {
    mode: "report-only",
    why: "only the owners know whom a public statement is for; public-access-block keeps strangers out",
  },

  docs: {
    title: "No statement of the bucket policy is public",
    rationale:
      "One public statement makes the whole policy public, and S3 then refuses even harmless changes of it under Block Public Access.",
    breaks:
      "Nothing is written. Removing a public statement ends the access of everyone whom it let in.",
    stops: [],
  },
  references: { "security-hub": ["S3.2", "S3.3"], "cis-aws-foundations": ["v7.0.0/2.21"] },
});

/** Only this flag acts on a policy that is there; BlockPublicPolicy refuses new ones. */
function isRestricted(block: PublicAccessBlock | undefined): boolean {
  return block?.restrictPublicBuckets ?? false;
}

function inWords({ statement, why }: PublicStatement, { statements }: Policy): string {
  const sid = statements[statement]?.sid;
  return `statement ${statement + 1}${sid === undefined ? "" : ` (${sid})`} is public: ${why}`;
}

function witnessOf(statements: readonly PublicStatement[]): { readonly witness?: string } {
  const [request] = statements.flatMap(({ witness }) => witness ?? []);
  if (request === undefined) return {};
  const who = request.principal.kind === "anonymous" ? "anybody" : "any account of AWS";
  return { witness: `${who} may call ${request.action} on ${request.resource}` };
}

function restrict({ name, account }: BucketRef): string {
  const all = "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true";
  const flags = `${all},RestrictPublicBuckets=true`;
  return `aws s3api put-public-access-block --bucket ${name} --expected-bucket-owner ${account} --public-access-block-configuration ${flags}`;
}
