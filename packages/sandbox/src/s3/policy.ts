import { configurationAt, reconfigure, withPolicy } from "./bucket.ts";
import { bucketOf, emptyAnswer, type S3Call, type S3Operation, xmlAnswer } from "./context.ts";
import { s3Error } from "./errors.ts";
import { inBucket, refuseMalformedPolicy } from "./policy-grammar.ts";
import { blocks } from "./public-access-block.ts";
import { isPublicPolicy } from "./public-policy.ts";

/** The bucket policy: JSON in and out, byte for byte. */
export const policyOperations: Readonly<Record<string, S3Operation>> = {
  GetBucketPolicy: (on) => ({
    status: 200,
    headers: { "content-type": "application/json" },
    body: policyOf(on),
  }),
  GetBucketPolicyStatus: (on) =>
    xmlAnswer("PolicyStatus", { IsPublic: String(isPublicPolicy(policyOf(on))) }),
  PutBucketPolicy: ({ call, world }) => {
    const bucket = bucketOf({ call, world });
    const text = call.request.body.toString("utf8");
    refuseMalformedPolicy(text, inBucket(bucket.name));
    if (blocks(bucket, "BlockPublicPolicy", world) && isPublicPolicy(text)) {
      throw s3Error(
        "AccessDenied",
        `User: ${call.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket.name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      );
    }
    reconfigure(bucket, withPolicy(bucket.configuration, text), world.now());
    return emptyAnswer(204);
  },
  DeleteBucketPolicy: ({ call, world }) => {
    const bucket = bucketOf({ call, world });
    reconfigure(bucket, withPolicy(bucket.configuration, undefined), world.now());
    return emptyAnswer(204);
  },
};

function policyOf(on: S3Call): string {
  const bucket = bucketOf(on);
  const { policy } = configurationAt(bucket, on.call.readsAsOf);
  if (policy === undefined) {
    throw s3Error("NoSuchBucketPolicy", undefined, { members: { BucketName: bucket.name } });
  }
  return policy;
}
