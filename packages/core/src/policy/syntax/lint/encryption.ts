import { matchesAction } from "../../match/action.ts";
import { operatorOf } from "../../operators/index.ts";
import type { Condition, Policy, Statement } from "../document.ts";
import type { Report } from "../report.ts";
import { conditionsOn, pathOfCondition, pathOfStatement } from "./place.ts";

const SSE_KEY = "s3:x-amz-server-side-encryption";
const KEY_ID_KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id";

/** What statements that force SSE-KMS do beside what they are meant for. */
export function reportEncryption(policy: Policy, report: Report): void {
  const denies = policy.statements.filter(
    ({ effect, action }) =>
      effect === "Deny" &&
      action.patterns.some((one) => matchesAction(one, "s3:PutObject")) !== action.negated,
  );
  const pinned = denies.some((statement) => conditionsOn(statement, KEY_ID_KEY).length > 0);
  for (const statement of denies) {
    for (const condition of conditionsOn(statement, SSE_KEY)) {
      const path = pathOfCondition(pathOfStatement(policy, statement), condition);
      if (holdsWithoutHeader(condition) && !asksForHeader(statement)) {
        const message =
          "holds for uploads without the header too, so the bucket's default encryption is never used";
        report.warning({ code: "kms.breaks-default-encryption", path, message });
      }
      if (isNegated(condition) && condition.values.includes("aws:kms")) {
        reportKms(condition, pinned, path, report);
      }
    }
  }
}

function reportKms(condition: Condition, pinned: boolean, path: string, report: Report): void {
  if (!pinned) {
    const message = "any KMS key passes, that of another account as well";
    report.warning({ code: "kms.key-not-pinned", path, message });
  }
  const exact = operatorOf(condition.operator)?.name.endsWith("Equals") === true;
  if (exact && !condition.values.includes("aws:kms:dsse")) {
    const message = "denies the stronger aws:kms:dsse";
    report.warning({ code: "kms.denies-dsse", path, message, didYouMean: "aws:kms:dsse" });
  }
}

function isNegated(condition: Condition): boolean {
  return operatorOf(condition.operator)?.negated === true;
}

/** Negated operators hold for a missing key, and `Null` may ask for one. */
function holdsWithoutHeader(condition: Condition): boolean {
  const operator = operatorOf(condition.operator);
  if (operator?.family === "null") return condition.values.includes("true");
  return operator?.negated === true && operator.set !== "ForAnyValue";
}

function asksForHeader(statement: Statement): boolean {
  return conditionsOn(statement, SSE_KEY).some(
    ({ operator, values }) => operator === "Null" && values.every((value) => value === "false"),
  );
}
