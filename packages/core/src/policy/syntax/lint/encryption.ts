import { matchesAction } from "../../match/action.ts";
import { operatorOf, plain } from "../../operators/index.ts";
import type { Condition, Policy, Statement } from "../document.ts";
import type { Place } from "../nodes.ts";
import type { Report } from "../report.ts";
import { conditionsOn, pathOfCondition, pathOfStatement } from "./place.ts";

const SSE_KEY = "s3:x-amz-server-side-encryption";
const KEY_ID_KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const DSSE = "aws:kms:dsse";

/** What statements that force SSE-KMS do beside what they are meant for. */
export function reportEncryption(policy: Policy, report: Report): void {
  const denies = policy.statements.filter(
    ({ effect, action }) =>
      effect === "Deny" &&
      action.patterns.some((one) => matchesAction(one, "s3:PutObject")) !== action.negated,
  );
  const pinned = denies.some((statement) => conditionsOn(statement, KEY_ID_KEY).length > 0);
  for (const statement of denies) {
    const optional = !asksForHeader(statement);
    for (const condition of conditionsOn(statement, SSE_KEY)) {
      const path = pathOfCondition(pathOfStatement(policy, statement), condition);
      if (optional) reportMissingHeader(condition, { path, report });
      reportKms(condition, pinned, { path, report });
    }
  }
}

/** Negated operators hold for a missing key, and `Null` may ask for one. */
function reportMissingHeader({ operator: name, values }: Condition, { path, report }: Place): void {
  const operator = operatorOf(name);
  const asked = operator?.family === "null" && values.includes("true");
  const negated = operator?.negated === true && operator.set !== "ForAnyValue";
  if (!asked && !negated) return;
  const message =
    "holds for uploads without the header too, so the bucket's default encryption is never used";
  report.warning({ code: "kms.breaks-default-encryption", path, message });
}

function reportKms(condition: Condition, pinned: boolean, { path, report }: Place): void {
  if (!spares("aws:kms", condition)) return;
  if (!pinned) {
    const message = "any KMS key passes, that of another account as well";
    report.warning({ code: "kms.key-not-pinned", path, message });
  }
  if (!spares(DSSE, condition)) {
    const message = "denies the stronger aws:kms:dsse";
    report.warning({ code: "kms.denies-dsse", path, message, didYouMean: DSSE });
  }
}

/** Whether a negated condition names this algorithm, so that uploads with it pass. */
function spares(algorithm: string, { operator: name, values }: Condition): boolean {
  const operator = operatorOf(name);
  if (operator?.negated !== true) return false;
  return values.some((value) => operator.compare(plain(value), algorithm) === "yes");
}

function asksForHeader(statement: Statement): boolean {
  return conditionsOn(statement, SSE_KEY).some(
    ({ operator, values }) => operator === "Null" && values.every((value) => value === "false"),
  );
}
