import type { Acl, AclGrant } from "../model/facets.ts";
import { present, type Reading } from "../model/reading.ts";
import { untold } from "./bucket-state.ts";

const everyone = "http://acs.amazonaws.com/groups/global/AllUsers";
const authenticated = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
const logDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";

/** No record shows the canonical id of the owner, whom every canned ACL gives everything. */
const owner = "the owner";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const grantsOf: Readonly<Record<string, readonly AclGrant[]>> = {
  private: [],
  "bucket-owner-read": [],
  "bucket-owner-full-control": [],
  "public-read": [{ grantee: everyone, permission: "READ" }],
  "public-read-write": [
    { grantee: everyone, permission: "READ" },
    { grantee: everyone, permission: "WRITE" },
  ],
  "authenticated-read": [{ grantee: authenticated, permission: "READ" }],
  "log-delivery-write": [
    { grantee: logDelivery, permission: "WRITE" },
    { grantee: logDelivery, permission: "READ_ACP" },
  ],
};

/** What a bucket has after a call with this `x-amz-acl`. */
export function cannedAcl(name: string): Reading<Acl> {
  const grants = Object.hasOwn(grantsOf, name) ? grantsOf[name] : undefined;
  if (grants === undefined) return untold(`the canned ACL ${JSON.stringify(name)} is not known`);
  return present({ owner, grants: [{ grantee: owner, permission: "FULL_CONTROL" }, ...grants] });
}

/** The ACL as S3 shows it while public grants are ignored. */
export function withoutPublicGrants({ owner: id, grants }: Acl): Acl {
  return { owner: id, grants: grants.filter(({ grantee }) => !isPublic(grantee)) };
}

export function hasPublicGrants({ grants }: Acl): boolean {
  return grants.some(({ grantee }) => isPublic(grantee));
}

function isPublic(grantee: string): boolean {
  return grantee === everyone || grantee === authenticated;
}
