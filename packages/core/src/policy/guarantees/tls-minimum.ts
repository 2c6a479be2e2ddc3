import { bucketAndObjects } from "./arns.ts";
import type { Guarantee, Where } from "./guarantee.ts";
import { condition, secureTransport, tlsVersion } from "./keys.ts";
import type { Params } from "./params.ts";
import { callersFor, servicesParam } from "./services.ts";

const sid = "BucketWardenTlsMinimum";

// Every version that is older than the minimum. There will never be more of them.
const older = { "1.2": ["1.0", "1.1"], "1.3": ["1.0", "1.1", "1.2"] } as const;

/** No TLS older than the minimum. Plain HTTP is the business of `ssl-only`: it has no TLS version. */
export const tlsMinimum = {
  params: ["minimum", servicesParam],
  build(params: Params, where: Where): Guarantee {
    const minimum = params.choice("minimum", ["1.2", "1.3"]);
    const callers = callersFor(params, "exempt");
    return {
      name: "tls-minimum",
      sentence: `every request over TLS older than ${minimum} is denied`,
      ...where,
      mustDeny: [
        {
          manner: `over TLS older than ${minimum}`,
          actions: "every",
          resources: "bucket-and-objects",
          callers,
          where: [
            condition("Bool", secureTransport, "true"),
            condition("NumericEquals", tlsVersion, ...older[minimum]),
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
          Condition: { NumericLessThan: { [tlsVersion]: minimum } },
        },
      ],
      sids: [sid],
    };
  },
};
