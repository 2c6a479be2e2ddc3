import type { IamPolicy } from "@bucket-warden/core/iam";
import { evaluate, type Policy, type Principal, parse } from "@bucket-warden/core/policy";
import type { AccessRequest, RoleAccess, Session } from "@bucket-warden/sandbox";
import { referenceEvaluate } from "../../packages/core/src/policy/spec/reference.ts";
import { membersOf } from "./cloudformation.ts";

type Document = Pick<IamPolicy, "Version"> & { readonly Statement: readonly object[] };

/**
 * An identity policy or a trust policy as one that the library reads: both leave out what goes
 * without saying, whose policy it is and which role it is about.
 */
function asResourcePolicy(document: Document): Policy {
  const Statement = document.Statement.map((statement) => ({
    Principal: "*",
    Resource: "*",
    ...statement,
  }));
  const parsed = parse(JSON.stringify({ ...document, Statement }));
  if (parsed.kind === "parsed") return parsed.policy;
  throw new Error(`not a policy: ${JSON.stringify(parsed.diagnostics)}`);
}

/** The policies that both evaluators were asked about, with the actions. */
const compared = new WeakMap<Policy, Set<string>>();

/** What the evaluator answers; the reference, which is slow, has to agree once for each action. */
function allows(policy: Policy, caller: Principal, request: AccessRequest): boolean {
  const asked = { principal: caller, ...request };
  const { kind } = evaluate(policy, asked);
  const known = compared.get(policy) ?? new Set();
  const isNew = !known.has(request.action);
  compared.set(policy, known.add(request.action));
  if (kind === "undecided" || (isNew && referenceEvaluate(policy, asked).kind !== kind)) {
    throw new Error(`the evaluators do not agree on ${JSON.stringify(asked)}`);
  }
  return kind === "allow";
}

/** What a role may do that has these policies and this trust. */
export function roleAccess(identity: readonly Document[], trust: Document): RoleAccess {
  const policies = identity.map(asResourcePolicy);
  const trusting = asResourcePolicy(trust);
  return {
    lets: (session, request) =>
      policies.some((policy) => allows(policy, callerOf(session, request), request)),
    trusts: (caller, request) =>
      caller.kind === "role-session" && allows(trusting, callerOf(caller, request), request),
  };
}

function callerOf({ arn, roleArn, account }: Session, { context }: AccessRequest): Principal {
  const [orgId] = context["aws:PrincipalOrgID"] ?? [];
  return { kind: "role-session", arn, roleArn, account, ...(orgId === undefined ? {} : { orgId }) };
}

/** A policy document as it stands in a resolved template. */
export function documentIn(value: unknown): Document {
  const { Version, Statement } = membersOf(value);
  if (Version !== "2012-10-17" || !Array.isArray(Statement)) throw new Error("no policy document");
  return { Version, Statement };
}
