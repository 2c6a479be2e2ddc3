import { assertNever } from "../../../kernel/index.ts";
import type { RequestClass } from "../../guarantees/guarantee.ts";
import type { Principal, Request } from "../request.ts";
import { targetOf } from "./actions.ts";

/** "anonymous may call s3:GetObject on arn:aws:s3:::b/example.txt over plain HTTP". */
export function sentenceFor(request: Request, { manner, where }: RequestClass): string {
  const said = new Set(where.map(({ key }) => key.toLowerCase()));
  const more = Object.entries(request.context).filter(([key]) => !said.has(key.toLowerCase()));
  const details = more.map(([key, values]) => `${key} = ${values.join(", ")}`);
  const beside = details.length === 0 ? "" : `, with ${details.join(" and ")}`;
  return `${who(request.principal)} may call ${what(request.action)} on ${request.resource} ${manner}${beside}`;
}

function what(action: string): string {
  const isKnown = targetOf(action) !== undefined || !action.startsWith("s3:");
  return isKnown ? action : `an action that S3 may yet add (${action})`;
}

/** A caller in words. */
function who(principal: Principal): string {
  switch (principal.kind) {
    case "anonymous":
      return "anonymous";
    case "root":
      return `the root user of ${principal.account}${inOrg(principal.orgId)}`;
    case "user":
      return `the user ${principal.arn}${inOrg(principal.orgId)}`;
    case "role-session":
      return `a session of the role ${principal.roleArn}${inOrg(principal.orgId)}`;
    case "federated":
      return principal.provider.includes(":federated-user/")
        ? `the federated user ${principal.provider}`
        : `a caller federated by ${principal.provider}`;
    case "service":
      return `the AWS service ${principal.service}`;
    case "canonical-user":
      return `the canonical user ${principal.id}`;
    default:
      return assertNever(principal);
  }
}

function inOrg(orgId: string | undefined): string {
  return orgId === undefined ? "" : ` (organization ${orgId})`;
}
