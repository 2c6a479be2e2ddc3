import type { Acl, Ownership } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { defineControl } from "./control.ts";

/** ACLs have no say: the bucket owner owns every object, and policies alone grant access. */
export const ownershipAcl = defineControl({
  id: "ownership-acl",
  reads: ["ownership", "acl"],

  evaluate({ ownership, acl }, { on }) {
    if (ownership.state === "present" && ownership.value.setting === "BucketOwnerEnforced") {
      return { kind: "compliant", evidence: "ACLs are disabled (BucketOwnerEnforced)" };
    }
    const grants = acl.state === "present" ? foreignGrants(acl.value) : [];
    const summary = `ACLs are in force (${settingIn(ownership)})`;
    if (grants.length === 0) {
      return { kind: "drift", summary, detail: {}, hold: { mode: "approval", why: consequence } };
    }
    return {
      kind: "drift",
      summary: `${summary}, and the bucket ACL gives ${grants.join(", ")}`,
      detail: {},
      hold: {
        mode: "blocked",
        why: "S3 does not disable ACLs while the bucket ACL gives anything to others than its owner",
        needs: `a bucket policy that grants what is still wanted, and then: aws s3api put-bucket-acl --bucket ${on.name} --expected-bucket-owner ${on.account} --acl private`,
      },
    };
  },

  remediation: {
    mode: "approval",
    writes: ["ownership"],
    intents: () => [{ document: "ownership", kind: "disable-acls" }],
  },

  docs: {
    title: "ACLs are disabled",
    rationale:
      "An ACL can open a bucket or an object past every review of policies, and it lets other accounts own objects in it.",
    breaks:
      "Object ACLs lose their effect, and uploads that send an ACL other than bucket-owner-full-control are refused.",
    stops: [
      "The bucket ACL gives anything to others than its owner: blocked until it does not, because S3 refuses.",
    ],
  },
  references: { "security-hub": ["S3.12"] },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
const consequence =
  "object ACLs lose their effect, and uploads that send an ACL other than bucket-owner-full-control would be refused";

/** Without ownership controls S3 does what it did before there were any. */
function settingIn(ownership: Known<Ownership>): string {
  return ownership.state === "present" ? ownership.value.setting : "no ownership controls";
}

const groups: Readonly<Record<string, string>> = {
  "http://acs.amazonaws.com/groups/global/AllUsers": "everyone",
  "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": "everyone with an AWS account",
  "http://acs.amazonaws.com/groups/s3/LogDelivery": "the log delivery of S3",
};

/** What the ACL gives to others than the owner, e.g. `READ to everyone`. */
function foreignGrants({ owner, grants }: Acl): readonly string[] {
  return grants
    .filter(({ grantee }) => grantee !== owner)
    .map(({ grantee, permission }) => `${permission} to ${groups[grantee] ?? grantee}`);
}
