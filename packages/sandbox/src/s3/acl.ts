import { canonicalIdOf } from "../principal.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../wire/xml.ts";
import type { Bucket } from "./bucket.ts";
import { s3Error } from "./errors.ts";
import { blocks } from "./public-access-block.ts";
import type { Edit, SubResource } from "./sub-resource.ts";

const groups = {
  everyone: "http://acs.amazonaws.com/groups/global/AllUsers",
  authenticated: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
  logDelivery: "http://acs.amazonaws.com/groups/s3/LogDelivery",
} as const;

/** Canned ACL to the grants that it adds to the owner's. */
const canned: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  private: [],
  "bucket-owner-full-control": [],
  "public-read": [[groups.everyone, "READ"]],
  "public-read-write": [
    [groups.everyone, "READ"],
    [groups.everyone, "WRITE"],
  ],
  "authenticated-read": [[groups.authenticated, "READ"]],
  "log-delivery-write": [
    [groups.logDelivery, "WRITE"],
    [groups.logDelivery, "READ_ACP"],
  ],
};

const permissions = new Set(["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"]);

export const acl: SubResource = {
  marker: "acl",
  root: "AccessControlPolicy",
  api: { get: "GetBucketAcl", put: "PutBucketAcl" },
  unset: { kind: "document", document: (bucket) => aclWith(bucket.account, []) },
  bodyFromHeaders: ({ call, bucket }) => aclFromHeaders(call.request.headers, bucket.account),
  accept: (body, edit) => {
    refuseBadGrants(body);
    refuseUnderOwnership(body, edit);
    if (blocks(edit.bucket, "BlockPublicAcls", edit.world) && grantsPublic(body))
      throw s3Error("AccessDenied");
    return body;
  },
  // Public grants are masked while they are ignored; they come back with the block's end.
  show: (document, bucket, world) =>
    blocks(bucket, "IgnorePublicAcls", world) ? withoutPublicGrants(document) : document,
};

function withoutPublicGrants(document: XmlElement): XmlElement {
  const list = childOf(document, "AccessControlList") ?? {};
  const kept = childrenOf(list, "Grant").filter(
    (grant) => !childrenOf(grant, "Grantee").some(isPublicGrantee),
  );
  return { ...document, AccessControlList: { ...list, Grant: kept } };
}

/** Whether the ACL gives anything to somebody other than the account that owns the bucket. */
export function hasForeignGrants(document: XmlElement, account: string): boolean {
  const owner = canonicalIdOf(account);
  return granteesOf(document).some((grantee) => textOf(grantee, "ID") !== owner);
}

/** Whether Object Ownership is BucketOwnerEnforced, under which ACLs have no say. */
export function hasAclsDisabled(bucket: Bucket): boolean {
  const rule = childOf(bucket.configuration.documents["ownershipControls"] ?? {}, "Rule");
  return rule !== undefined && textOf(rule, "ObjectOwnership") === "BucketOwnerEnforced";
}

/** The ACL that `x-amz-acl` or `x-amz-grant-…` headers ask for. */
export function aclFromHeaders(
  headers: Readonly<Record<string, string>>,
  account: string,
): XmlElement | undefined {
  const name = headers["x-amz-acl"];
  if (name !== undefined) {
    const grants = Object.hasOwn(canned, name) ? canned[name] : undefined;
    if (grants === undefined) throw s3Error("InvalidArgument");
    return aclWith(
      account,
      grants.map(([uri, permission]) => groupGrant(uri, permission)),
    );
  }
  const grants = Object.entries(grantHeaders).flatMap(([header, permission]) =>
    grantsOfHeader(headers[header] ?? "", permission),
  );
  return grants.length === 0 ? undefined : aclWith(account, grants, "headers only");
}

const grantHeaders = {
  "x-amz-grant-full-control": "FULL_CONTROL",
  "x-amz-grant-read": "READ",
  "x-amz-grant-write": "WRITE",
  "x-amz-grant-read-acp": "READ_ACP",
  "x-amz-grant-write-acp": "WRITE_ACP",
} as const;

/** `uri="…", id="…"`; e-mail grantees ended in October 2025. */
function grantsOfHeader(header: string, permission: string): readonly XmlElement[] {
  return [...header.matchAll(/(\w+)="?([^",]+)"?/g)].map(([, kind, value = ""]) => {
    if (kind === "uri") return groupGrant(value, permission);
    if (kind === "id") return userGrant(value, permission);
    throw s3Error("MethodNotAllowed");
  });
}

function aclWith(
  account: string,
  grants: readonly XmlElement[],
  owner: "with owner" | "headers only" = "with owner",
): XmlElement {
  const id = canonicalIdOf(account);
  const own = owner === "with owner" ? [userGrant(id, "FULL_CONTROL")] : [];
  return { Owner: { ID: id }, AccessControlList: { Grant: [...own, ...grants] } };
}

function userGrant(id: string, permission: string): XmlElement {
  return { Grantee: { ...xsi("CanonicalUser"), ID: id }, Permission: permission };
}

function groupGrant(uri: string, permission: string): XmlElement {
  return { Grantee: { ...xsi("Group"), URI: uri }, Permission: permission };
}

function xsi(type: string): XmlElement {
  return { "@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:type": type };
}

function refuseBadGrants(body: XmlElement): void {
  const list = childOf(body, "AccessControlList");
  if (list === undefined || childOf(body, "Owner") === undefined)
    throw s3Error("MalformedACLError");
  for (const grant of childrenOf(list, "Grant")) {
    if (!permissions.has(textOf(grant, "Permission") ?? "")) throw s3Error("MalformedACLError");
    const grantee = childOf(grant, "Grantee");
    if (grantee === undefined) throw s3Error("MalformedACLError");
    if (childOf(grantee, "EmailAddress") !== undefined) throw s3Error("MethodNotAllowed");
  }
}

function refuseUnderOwnership(body: XmlElement, { bucket }: Edit): void {
  // The one ACL that is still taken is the one that says what is the case anyway.
  if (hasAclsDisabled(bucket) && hasForeignGrants(body, bucket.account)) {
    throw s3Error("AccessControlListNotSupported");
  }
}

/** Whether the ACL gives anything to everybody, or to everybody with an AWS account. */
export function grantsPublic(body: XmlElement): boolean {
  return granteesOf(body).some(isPublicGrantee);
}

function isPublicGrantee(grantee: XmlElement): boolean {
  const uri = textOf(grantee, "URI");
  return uri === groups.everyone || uri === groups.authenticated;
}

function granteesOf(document: XmlElement): readonly XmlElement[] {
  const list = childOf(document, "AccessControlList") ?? {};
  return childrenOf(list, "Grant").flatMap((grant) => childrenOf(grant, "Grantee"));
}
