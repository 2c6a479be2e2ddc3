import * as z from "zod";
import type { Acl, Ownership, PublicAccessBlock } from "../model/facets.ts";
import { type Understand, understand } from "./understand.ts";
import { empty, flag, several, text } from "./xml-as-json.ts";

const grantee = z
  .looseObject({
    "xsi:type": z.string().exactOptional(),
    ID: text.exactOptional(),
    URI: z.string().exactOptional(),
    EmailAddress: z.string().exactOptional(),
    DisplayName: text.exactOptional(),
  })
  .transform(({ "xsi:type": Type, ID, URI, EmailAddress, DisplayName }) => ({
    ...(DisplayName === undefined ? {} : { DisplayName }),
    ...(EmailAddress === undefined ? {} : { EmailAddress }),
    ...(ID === undefined ? {} : { ID }),
    ...(URI === undefined ? {} : { URI }),
    ...(Type === undefined ? {} : { Type }),
  }));
export const grants = z.object({
  Grant: several(z.object({ Grantee: grantee, Permission: z.string() })),
});

/** What a block leaves out is off. */
export const publicAccessBlockIn: Understand<PublicAccessBlock> = understand(
  z.object({
    PublicAccessBlockConfiguration: z.object({
      BlockPublicAcls: flag.default(false),
      IgnorePublicAcls: flag.default(false),
      BlockPublicPolicy: flag.default(false),
      RestrictPublicBuckets: flag.default(false),
    }),
  }),
  ({ PublicAccessBlockConfiguration: configuration }) => blockOf(configuration),
);

export const allFlags = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

export function blockOf(configuration: {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}): PublicAccessBlock {
  return {
    blockPublicAcls: configuration.BlockPublicAcls,
    ignorePublicAcls: configuration.IgnorePublicAcls,
    blockPublicPolicy: configuration.BlockPublicPolicy,
    restrictPublicBuckets: configuration.RestrictPublicBuckets,
    configuration,
  };
}

export const ownershipIn: Understand<Ownership> = understand(
  z.object({ OwnershipControls: z.object({ Rule: z.object({ ObjectOwnership: z.string() }) }) }),
  ({ OwnershipControls: { Rule: rule } }) => ownershipOf(rule.ObjectOwnership),
);

export function ownershipOf(setting: string): Ownership {
  return { setting, rule: { ObjectOwnership: setting } };
}

/** The ACL that a call sends as its body. */
export const aclIn: Understand<Acl> = understand(
  z.object({
    AccessControlPolicy: z.object({
      Owner: z.object({ ID: text }),
      AccessControlList: z.union([grants, empty.transform(() => ({ Grant: [] }))]),
    }),
  }),
  ({ AccessControlPolicy: { Owner, AccessControlList } }) => ({
    owner: Owner.ID,
    grants: AccessControlList.Grant.map(({ Grantee, Permission: permission }) => ({
      grantee: Grantee.URI ?? Grantee.ID ?? Grantee.EmailAddress ?? "unknown",
      permission,
    })),
  }),
);
