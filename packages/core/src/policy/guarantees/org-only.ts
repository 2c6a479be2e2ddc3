import { bucketAndObjects } from "./arns.ts";
import type { Guarantee, Where } from "./guarantee.ts";
import { condition, exceptServices, principalOrgId } from "./keys.ts";
import type { Params } from "./params.ts";

const sid = "BucketWardenOrgOnly";

/** Nobody from outside the organization. AWS services have no organization and are left out. */
export const orgOnly = {
  params: ["orgId"],
  build(params: Params, where: Where): Guarantee {
    const orgId = params.text(
      "orgId",
      /^o-[a-z0-9]{10,32}$/,
      "an organization id such as o-a1b2c3d4e5",
    );
    return {
      name: "org-only",
      sentence: `every caller from outside the organization ${orgId} is denied, AWS services excepted`,
      ...where,
      mustDeny: [
        {
          manner: `from outside the organization ${orgId}`,
          actions: "every",
          resources: "bucket-and-objects",
          callers: "all-but-services",
          where: [condition("StringNotEquals", principalOrgId, orgId)],
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
          Condition: { StringNotEquals: { [principalOrgId]: orgId }, ...exceptServices },
        },
      ],
      sids: [sid],
    };
  },
};
