import { bucketAndObjects } from "./arns.ts";
import type { Guarantee, Where } from "./guarantee.ts";
import { absent, condition, secureTransport, tlsVersion } from "./keys.ts";
import type { Params } from "./params.ts";
import { callersFor, servicesParam } from "./services.ts";

const sid = "BucketWardenSslOnly";

/**
 * No plain HTTP. AWS services that call as themselves are left out unless asked for: S3 redacts
 * `aws:SecureTransport` from their requests, so that none of them ever carries `false`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 */
export const sslOnly = {
  params: [servicesParam],
  build(params: Params, where: Where): Guarantee {
    const callers = callersFor(params, "exempt");
    return {
      name: "ssl-only",
      sentence: "every request over plain HTTP is denied",
      ...where,
      mustDeny: [
        {
          manner: "over plain HTTP",
          actions: "every",
          resources: "bucket-and-objects",
          callers,
          where: [condition("Bool", secureTransport, "false")],
          // No TLS, no TLS version; but AWS does not say what the key holds on plain HTTP.
          assuming: [absent(tlsVersion)],
        },
      ],
      statements: [
        {
          Sid: sid,
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: bucketAndObjects(where),
          Condition: { Bool: { [secureTransport]: "false" } },
        },
      ],
      sids: [sid],
    };
  },
};
