import { lowerCase, matchesAction } from "../../match/action.ts";
import { actionsMatching, s3Actions } from "../../match/s3-actions.ts";
import { globOf, matchesGlob } from "../../match/wildcard.ts";
import { operatorOf } from "../../operators/index.ts";
import type { Policy, Statement } from "../document.ts";
import type { Report } from "../report.ts";
import { conditionsOn, pathOfCondition, pathOfElement, pathOfStatement } from "./place.ts";

const KEY = "aws:SecureTransport";

/** What goes wrong with statements that are meant to keep plain HTTP out. */
export function reportTransport(policy: Policy, report: Report): void {
  const denies = policy.statements.filter(
    (statement) => statement.effect === "Deny" && isOnTransport(statement, "false"),
  );
  reportTurnedRound(policy, denies.length > 0, report);
  reportNarrowActions(policy, denies, report);
  reportNarrowResources(policy, denies, report);
}

function isOnTransport(statement: Statement, value: "true" | "false"): boolean {
  return conditionsOn(statement, KEY).some(
    ({ operator, values }) =>
      operatorOf(operator)?.family === "bool" && values.every((text) => lowerCase(text) === value),
  );
}

/** Statements about HTTPS that say something about HTTPS, where HTTP was meant. */
function reportTurnedRound(policy: Policy, httpIsDenied: boolean, report: Report): void {
  for (const statement of policy.statements.filter((one) => isOnTransport(one, "true"))) {
    const [condition] = conditionsOn(statement, KEY);
    const path = condition && pathOfCondition(pathOfStatement(policy, statement), condition);
    // Stryker disable next-line ConditionalExpression: for the compiler; it has such a condition
    if (path === undefined) continue;
    if (statement.effect === "Deny") {
      const message = "denies HTTPS and leaves plain HTTP alone";
      report.warning({ code: "tls.inverted", path, message, didYouMean: "false" });
    } else if (!httpIsDenied) {
      const message = "an Allow over HTTPS does not deny plain HTTP, which others may allow";
      report.warning({ code: "tls.allow-is-not-deny", path, message });
    }
  }
}

/** An action of tomorrow: a list of today's names does not cover it. */
const FUTURE_ACTION = "s3:ActionOfTheFuture";

function reportNarrowActions(policy: Policy, denies: readonly Statement[], report: Report): void {
  const [first] = denies;
  if (first === undefined) return;
  const covered = new Set(denies.flatMap(coveredActions));
  const open = s3Actions.find(({ name }) => !covered.has(name))?.name;
  if (open === undefined && covered.has(FUTURE_ACTION)) return;
  const path = pathOfElement(pathOfStatement(policy, first), "Action", first);
  const example = open ?? "actions that S3 does not have yet";
  const message = `leaves other actions open over plain HTTP, for example ${example}`;
  report.warning({ code: "tls.action-too-narrow", path, message, didYouMean: "s3:*" });
}

function coveredActions({ action }: Statement): readonly string[] {
  const named = new Set(action.patterns.flatMap(actionsMatching).map(({ name }) => name));
  if (action.patterns.some((one) => matchesAction(one, FUTURE_ACTION))) named.add(FUTURE_ACTION);
  if (!action.negated) return [...named];
  const all = [...s3Actions.map(({ name }) => name), FUTURE_ACTION];
  return all.filter((name) => !named.has(name));
}

function reportNarrowResources(policy: Policy, denies: readonly Statement[], report: Report): void {
  const patterns = denies.flatMap(({ resource }) => (resource.negated ? ["*"] : resource.patterns));
  const globs = patterns.map(globOf);
  const covers = (arn: string): boolean => globs.some((glob) => matchesGlob(glob, arn));
  for (const statement of denies) {
    const path = pathOfElement(pathOfStatement(policy, statement), "Resource", statement);
    for (const pattern of statement.resource.patterns) {
      const finding = narrowResource(pattern, covers);
      if (finding !== undefined) report.warning({ ...finding, path });
    }
  }
}

/** Of a bucket and its objects, the half that the pattern leaves out and no other one covers. */
function narrowResource(
  pattern: string,
  covers: (arn: string) => boolean,
): { readonly code: string; readonly message: string; readonly didYouMean: string } | undefined {
  // Stryker disable next-line StringLiteral: split() always gives a first piece
  const [bucket = "", ...key] = pattern.split("/");
  if (!bucket.startsWith("arn:") || bucket.includes("accesspoint")) return undefined;
  const [missing, example] = key.length > 0 ? [bucket, bucket] : [`${bucket}/*`, `${bucket}/a`];
  if (covers(example)) return undefined;
  const half = key.length > 0 ? "the bucket itself" : "objects";
  const message = `${pattern} leaves requests on ${half} open over plain HTTP`;
  const code = key.length > 0 ? "tls.bucket-resource-missing" : "tls.object-resource-missing";
  return { code, message, didYouMean: missing };
}
