import { arnParts } from "../../match/arn.ts";
import type { Principal, Request } from "../request.ts";
import { actionChoice, type Cell, resourceChoice } from "./cell.ts";
import { principalArnKey, principalOrgKey } from "./key-facts.ts";
import { hasOrganization } from "./model.ts";
import type { States } from "./solve.ts";

/** The request that the choices of a search describe. */
export function requestOf(cell: Cell, states: States): Request | undefined {
  const resource = valueIn(states, resourceChoice);
  const action = cell.action ?? valueIn(states, actionChoice);
  // Stryker disable next-line ConditionalExpression, LogicalOperator: for the compiler; neither is ever absent
  if (resource === undefined || action === undefined) return undefined;
  const context: Record<string, readonly string[]> = {};
  for (const [key, { name }] of cell.model.keys) {
    const value = key === principalOrgKey ? undefined : valueIn(states, key);
    if (value !== undefined) context[name] = [value];
  }
  return { principal: principalIn(cell, states), action, resource, context };
}

function valueIn(states: States, choice: string): string | undefined {
  const state = states.get(choice);
  if (state === undefined) return undefined;
  if (state.kind === "choice") return state.values[state.left[0] ?? 0];
  // Stryker disable next-line OptionalChaining: for the compiler; what is not absent is present
  return state.absent ? undefined : state.present?.example;
}

function principalIn(cell: Cell, states: States): Principal {
  const arn = valueIn(states, principalArnKey);
  const principal = withArn(cell.caller.example, arn);
  const orgId = valueIn(states, principalOrgKey);
  if (orgId === undefined || !hasOrganization(principal)) return principal;
  return { ...principal, orgId } as Principal; // hasOrganization: the kinds that have this member
}

function withArn(principal: Principal, arn: string | undefined): Principal {
  if (arn === undefined) return principal;
  // Stryker disable next-line StringLiteral, ArrayDeclaration: for the compiler; it is an ARN
  const [, partition, , , account = "", resource = ""] = arnParts(arn) ?? [];
  switch (principal.kind) {
    case "root":
      return { ...principal, account };
    case "user":
      return { ...principal, arn, account };
    case "role-session": {
      const role = lastOf(resource);
      const session = `arn:${partition}:sts::${account}:assumed-role/${role}/${lastOf(principal.arn)}`;
      return { ...principal, arn: session, roleArn: arn, account };
    }
    default:
      return principal;
  }
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
