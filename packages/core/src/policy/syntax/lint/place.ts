import { lowerCase } from "../../match/action.ts";
import type { Condition, Policy, Statement } from "../document.ts";
import { pathTo } from "../nodes.ts";

/** The path of a statement, as diagnostics name it. */
export function pathOfStatement(policy: Policy, statement: Statement): string {
  return policy.statementsAsArray ? `Statement[${statement.index}]` : "Statement";
}

/** The path of `Action` or `NotAction` and so on. */
export function pathOfElement(
  path: string,
  element: "Action" | "Resource",
  statement: Statement,
): string {
  const { negated } = element === "Action" ? statement.action : statement.resource;
  return pathTo(path, negated ? `Not${element}` : element);
}

export function pathOfCondition(path: string, condition: Condition): string {
  return pathTo(pathTo(pathTo(path, "Condition"), condition.operator), condition.key);
}

/** The conditions on one key, whatever its case. */
export function conditionsOn(statement: Statement, key: string): readonly Condition[] {
  return statement.conditions.filter((condition) => lowerCase(condition.key) === lowerCase(key));
}
