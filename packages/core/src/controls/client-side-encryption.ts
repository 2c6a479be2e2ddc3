import { bucketArn } from "../model/ref.ts";
import { type Context, defineControl } from "./control.ts";
import { isNamedBy } from "./name-patterns.ts";

/** Where clients shall encrypt before they upload, somebody attests by a tag that they do. */
export const clientSideEncryption = defineControl({
  id: "client-side-encryption",
  reads: [],
  readsWhere: { tags: isAskedFor },

  evaluate({ tags }, context) {
    if (tags === undefined) return { kind: "not-applicable", why: noTrace };
    const { tag, values } = context.own;
    const value =
      tags.state === "present" && Object.hasOwn(tags.value, tag) ? tags.value[tag] : undefined;
    if (value !== undefined && values.includes(value)) {
      return {
        kind: "compliant",
        evidence: `the tag ${tag}=${value} attests it; the configuration itself cannot show it`,
      };
    }
    const seen = value === undefined ? `there is no tag ${tag}` : `the tag ${tag} says "${value}"`;
    return {
      kind: "drift",
      summary: `nobody attests that clients encrypt before they upload: ${seen} (baseline: ${values.join(", ")})`,
      detail: {},
      hold: { mode: "report-only", why: ownersKnow, command: tagCommand(context) },
    };
  },

  remediation: {
    mode: "report-only",
    why: "only the owners of the clients know what these do before they upload",
  },

  docs: {
    title: "Client-side encryption is attested where it is due",
    rationale:
      "S3 cannot tell an object that its client encrypted from any other, so the only evidence is the word of those who run the clients.",
    breaks: "Nothing is written. The tag changes nothing about the objects.",
    stops: [
      "The baseline asks for no attestation on the bucket: not applicable, since configuration shows nothing of it.",
    ],
  },
  references: {},
});

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingClientSideEncryption.html */
const noTrace =
  "client-side encryption leaves no trace in the configuration of a bucket, and the baseline asks for no attestation here";
const ownersKnow =
  "only the owners of the clients know what these do before they upload; once they have made sure, the tag says so";

function isAskedFor({ on, own }: Context<"client-side-encryption">): boolean {
  return isNamedBy(own.buckets, on);
}

/** Unlike PutBucketTagging, TagResource keeps the other tags, and it works with ABAC too. */
function tagCommand({ on, own }: Context<"client-side-encryption">): string {
  const tags = JSON.stringify([{ Key: own.tag, Value: own.values[0] }]);
  return `aws s3control tag-resource --account-id ${on.account} --region ${on.region} --resource-arn ${bucketArn(on)} --tags '${tags}'`;
}
