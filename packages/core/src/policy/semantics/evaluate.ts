import type { Policy } from "../syntax/document.ts";
import { contextOf } from "./context.ts";
import { matchesIn } from "./matches.ts";
import type { Request } from "./request.ts";

export { matches } from "./matches.ts";

/** What one policy says about a request; `statement` is the place of the statement that decided. */
export type Decision =
  | { readonly kind: "deny" | "allow"; readonly statement: number }
  | { readonly kind: "neither" }
  | { readonly kind: "undecided"; readonly statement: number; readonly why: string };

/**
 * An explicit Deny wins over everything, then an Allow, and otherwise the policy says nothing. A
 * statement that cannot be decided counts only where its outcome would change the answer.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(policy: Policy, request: Request): Decision {
  const situation = { request, context: contextOf(request), version: policy.version };
  const found = policy.statements.map((statement) => ({
    statement,
    match: matchesIn(statement, situation),
  }));
  for (const effect of ["Deny", "Allow"] as const) {
    const ours = found.filter(({ statement }) => statement.effect === effect);
    const certain = ours.find(({ match }) => match.kind === "yes");
    if (certain !== undefined) {
      const kind = effect === "Deny" ? "deny" : "allow";
      return { kind, statement: certain.statement.index };
    }
    for (const { statement, match } of ours) {
      if (match.kind === "undecided") {
        return { kind: "undecided", statement: statement.index, why: match.why };
      }
    }
  }
  return { kind: "neither" };
}
