import { objectsArn } from "./arns.ts";
import type { Callers, Guarantee, OwnStatement, RequestClass, Where } from "./guarantee.ts";
import { absent, condition, customerAlgorithm, encryption, kmsKeyId } from "./keys.ts";
import type { Params } from "./params.ts";
import { callersFor, conditionsFor, servicesParam } from "./services.ts";

const sid = "BucketWardenSseCDenied";

/** The actions that accept the headers of server-side encryption when they write an object. */
export const encryptingActions = [
  "s3:PutObject",
  "s3:ReplicateObject",
  "s3:UpdateObjectEncryption",
];

/** No object is encrypted with a key that the client brings along (SSE-C). */
export const sseCDenied = {
  params: [servicesParam],
  build(params: Params, where: Where): Guarantee {
    const callers = callersFor(params, "included");
    return {
      name: "sse-c-denied",
      sentence: "every upload with a client's own key (SSE-C) is denied",
      ...where,
      mustDeny: [customerKeys(callers)],
      statements: [denyCustomerKeys(sid, callers, where)],
      sids: [sid],
    };
  },
};

/**
 * S3 refuses the headers of SSE-C beside those of SSE-KMS, and AES256 is the only algorithm.
 * `s3:UpdateObjectEncryption` cannot turn an object into SSE-C.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
 */
export function customerKeys(callers: Callers): RequestClass {
  return {
    manner: "with a key of its own (SSE-C)",
    actions: ["s3:PutObject", "s3:ReplicateObject"],
    resources: "objects",
    callers,
    where: [
      condition("StringEquals", customerAlgorithm, "AES256"),
      absent(encryption),
      absent(kmsKeyId),
    ],
    assuming: [],
  };
}

export function denyCustomerKeys(name: string, callers: Callers, where: Where): OwnStatement {
  return {
    Sid: name,
    Effect: "Deny",
    Principal: "*",
    Action: encryptingActions,
    Resource: objectsArn(where),
    Condition: conditionsFor(callers, { Null: { [customerAlgorithm]: "false" } }),
  };
}
