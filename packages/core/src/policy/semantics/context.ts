import { assertNever } from "../../kernel/index.ts";
import { arnParts } from "../match/arn.ts";
import type { Principal, Request } from "./request.ts";

/** Condition keys in lower case, for they compare without regard to case. A missing key is absent. */
export type Context = ReadonlyMap<string, readonly string[]>;

/**
 * The keys of a request, with those that follow from who asks. A key that the request states itself
 * is never overridden; `[]` states that it is absent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(request: Request): Context {
  const partition = arnParts(request.resource)?.[1] ?? "aws";
  const context = new Map<string, readonly string[]>();
  const stated = Object.entries(request.context);
  for (const [key, values] of [...principalKeys(request.principal, partition), ...stated]) {
    context.set(key.toLowerCase(), values);
  }
  for (const [key, values] of stated) {
    if (values.length === 0) context.delete(key.toLowerCase());
  }
  return context;
}

type Keys = readonly (readonly [key: string, values: readonly string[]])[];

/** What AWS itself says about the caller. Nothing about an anonymous one is signed. */
function principalKeys(principal: Principal, partition: string): Keys {
  switch (principal.kind) {
    case "anonymous":
      return [["aws:PrincipalType", ["Anonymous"]]];
    case "root":
      return accountKeys(principal, "Account", `arn:${partition}:iam::${principal.account}:root`);
    case "user": {
      const name = principal.arn.slice(principal.arn.lastIndexOf("/") + 1);
      return [...accountKeys(principal, "User", principal.arn), ["aws:username", [name]]];
    }
    case "role-session":
      return accountKeys(principal, "AssumedRole", principal.roleArn);
    case "federated":
      return accountKeys(principal, "FederatedUser");
    case "service":
      return [
        ["aws:PrincipalIsAWSService", ["true"]],
        ["aws:PrincipalServiceName", [principal.service]],
      ];
    case "canonical-user":
      return accountKeys(principal, "Account");
    default:
      return assertNever(principal);
  }
}

function accountKeys(
  principal: { readonly account: string; readonly orgId?: string },
  type: string,
  arn?: string,
): Keys {
  return [
    ["aws:PrincipalType", [type]],
    ["aws:PrincipalAccount", [principal.account]],
    // False for people and roles, a service's own role included; absent only without a signature.
    ["aws:PrincipalIsAWSService", ["false"]],
    ...(arn === undefined ? [] : ([["aws:PrincipalArn", [arn]]] as const)),
    ...(principal.orgId === undefined
      ? []
      : ([["aws:PrincipalOrgID", [principal.orgId]]] as const)),
  ];
}
