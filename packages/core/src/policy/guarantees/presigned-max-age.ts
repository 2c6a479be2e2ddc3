import { bucketAndObjects } from "./arns.ts";
import type { Guarantee, Where } from "./guarantee.ts";
import { authType, condition, signatureAge } from "./keys.ts";
import type { Params } from "./params.ts";

const sid = "BucketWardenPresignedMaxAge";
const week = 604_800;

/**
 * No presigned URL works longer than this. The condition key counts in milliseconds.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
export const presignedMaxAge = {
  params: ["seconds"],
  build(params: Params, where: Where): Guarantee {
    const seconds = params.integer("seconds", 1, week);
    const milliseconds = String(seconds * 1000);
    return {
      name: "presigned-max-age",
      sentence: `every presigned URL signed more than ${seconds} seconds ago is denied`,
      ...where,
      mustDeny: [
        {
          manner: `with a presigned URL signed more than ${seconds} seconds ago`,
          actions: "every",
          resources: "bucket-and-objects",
          callers: "signed",
          where: [
            condition("NumericGreaterThan", signatureAge, milliseconds),
            condition("StringEquals", authType, "REST-QUERY-STRING"),
          ],
          assuming: [],
        },
      ],
      statements: [
        {
          Sid: sid,
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: bucketAndObjects(where),
          Condition: { NumericGreaterThan: { [signatureAge]: milliseconds } },
        },
      ],
      sids: [sid],
    };
  },
};
