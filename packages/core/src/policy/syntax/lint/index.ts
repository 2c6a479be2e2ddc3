import type { Policy } from "../document.ts";
import type { Report } from "../report.ts";
import { reportActions } from "./actions.ts";
import { reportConditions } from "./conditions.ts";
import { reportEncryption } from "./encryption.ts";
import { pathOfStatement } from "./place.ts";
import { reportResources } from "./resources.ts";
import { reportStatements } from "./statements.ts";
import { reportTransport } from "./transport.ts";

/**
 * Tells what a policy most likely does not mean. Only advice: what a policy does is for `evaluate` and
 * `prove` to say.
 */
export function lint(policy: Policy, report: Report): void {
  reportStatements(policy, report);
  for (const statement of policy.statements) {
    const place = { path: pathOfStatement(policy, statement), report };
    reportActions(statement, place);
    reportResources(statement, policy.version, place);
    reportConditions(statement, policy.version, place);
  }
  reportTransport(policy, report);
  reportEncryption(policy, report);
}
