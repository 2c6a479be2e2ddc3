import { nearest } from "../../../kernel/nearest.ts";
import { lowerCase } from "../../match/action.ts";
import { type ActionTarget, actionsMatching, s3Actions } from "../../match/s3-actions.ts";
import type { Statement } from "../document.ts";
import type { Place } from "../nodes.ts";
import { pathOfElement } from "./place.ts";

/** Actions that no request will ever have, and actions that cannot meet their resource. */
export function reportActions(statement: Statement, { path, report }: Place): void {
  const here = pathOfElement(path, "Action", statement);
  for (const pattern of statement.action.patterns) {
    if (pattern !== "*" && !pattern.includes(":")) {
      report.error({
        code: "policy.invalid-action",
        path: here,
        message: `${pattern}: an action is "*" or has the prefix of its service`,
        didYouMean: nearest(`s3:${pattern}`, names),
      });
      continue;
    }
    reportUnknown(pattern, statement.action.negated, { path: here, report });
    reportMismatch(pattern, statement, { path: here, report });
  }
}

const names = s3Actions.map((action) => action.name);

function reportUnknown(pattern: string, negated: boolean, { path, report }: Place): void {
  if (actionsMatching(pattern).length > 0) return;
  // `NotAction: "iam:*"` is a way of saying "everything in S3".
  const foreign = !lowerCase(pattern).startsWith("s3:");
  if (foreign && negated) return;
  report.warning({
    code: "policy.unknown-action",
    path,
    message: `${pattern}: S3 has no such action, so no request is meant by it`,
    didYouMean: nearest(pattern, names),
  });
}

/** For example an object action on the ARN of the bucket: the statement never applies to it. */
function reportMismatch(pattern: string, statement: Statement, { path, report }: Place): void {
  const { action, resource } = statement;
  if (action.negated || resource.negated || resource.patterns.length === 0) return;
  const targets = new Set(actionsMatching(pattern).map(({ appliesTo }) => appliesTo));
  const met = [...targets].some((target) =>
    resource.patterns.some((resourcePattern) => canMeet(resourcePattern, target)),
  );
  if (targets.size === 0 || met) return;
  report.warning({
    code: "policy.action-resource-mismatch",
    path,
    message: `${pattern} applies to ${[...targets].map(words).join(" and ")}, and no resource of the statement is one`,
    // Stryker disable next-line StringLiteral: for the compiler; there is a first one
    didYouMean: suggestion(targets, resource.patterns[0] ?? ""),
  });
}

/** Whether the ARN of a bucket, or of an object, can match the pattern. Access points can be both. */
function canMeet(pattern: string, target: ActionTarget): boolean {
  if (target === "neither") return false;
  if (/^\*$|:accesspoint\/|\$\{/.test(pattern)) return true;
  return target === "object" ? /[*?/]/.test(pattern) : !pattern.includes("/");
}

function words(target: ActionTarget): string {
  if (target === "neither") return "neither buckets nor objects";
  return target === "bucket" ? "buckets" : "objects";
}

function suggestion(targets: ReadonlySet<ActionTarget>, pattern: string): string | undefined {
  if (!pattern.startsWith("arn:")) return undefined;
  if (targets.has("object")) return `${pattern}/*`;
  return targets.has("bucket") ? pattern.slice(0, pattern.indexOf("/")) : undefined;
}
