import { accessDenied } from "../access-denied.ts";
import type { Call } from "../call.ts";
import type { World } from "../world.ts";
import type { AccessRequest } from "./access.ts";
import { organizationOf, otherRequests } from "./others.ts";
import { s3ControlRequest, s3Request } from "./s3.ts";

/**
 * Refuses what the role of the caller may not do. A role that the world has no policies of may do
 * everything, and so may users: most rehearsals are not about permissions.
 */
export function authorize(call: Call, world: World): void {
  const { principal } = call;
  if (principal.kind !== "role-session") return;
  const role = world.roles.get(principal.roleArn);
  if (role === undefined) return;
  const request = accessRequestOf(call, world);
  if (request !== undefined && !role.lets(principal, request)) throw accessDenied(call);
}

/** Whether a role takes on a caller, as far as its trust policy goes. */
export function isTrusted(call: Call, world: World, roleArn: string): boolean {
  const request = accessRequestOf(call, world);
  const role = world.roles.get(roleArn);
  return role === undefined || (request !== undefined && role.trusts(call.principal, request));
}

/** What IAM is asked about a call; undefined where nothing is. */
function accessRequestOf(call: Call, world: World): AccessRequest | undefined {
  const request = requestOf(call, world);
  const own = organizationOf(world, call.principal.account);
  if (request === undefined || own === undefined) return request;
  return { ...request, context: { ...request.context, "aws:PrincipalOrgID": [own] } };
}

function requestOf(call: Call, world: World): AccessRequest | undefined {
  switch (call.service) {
    case "s3":
      return s3Request(call, world);
    case "s3-control":
      return s3ControlRequest(call);
    case "unknown":
      return { action: `unknown:${call.operation}`, resource: "*", context: {} };
    default:
      return otherRequests[call.service](call, world, inputOf(call));
  }
}

/** JSON, or a form, whichever it is. */
function inputOf({ request }: Call): Readonly<Record<string, unknown>> {
  const text = request.body.toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
