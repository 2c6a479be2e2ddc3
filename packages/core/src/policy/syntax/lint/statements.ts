import { matchesAction } from "../../match/action.ts";
import type { Policy, Statement } from "../document.ts";
import { sizeInBytes } from "../edit.ts";
import { pathTo } from "../nodes.ts";
import type { Report } from "../report.ts";
import { pathOfStatement } from "./place.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const MAX_BYTES = 20_480;

/** What concerns a statement as a whole, or several of them. */
export function reportStatements(policy: Policy, report: Report): void {
  const bytes = sizeInBytes(policy.text);
  if (bytes > MAX_BYTES) {
    const message = `${bytes} bytes, and a bucket policy may have ${MAX_BYTES}`;
    report.warning({ code: "policy.too-large", path: "", message });
  }
  const sids = new Set<string>();
  for (const statement of policy.statements) {
    const path = pathOfStatement(policy, statement);
    const { sid = "" } = statement;
    if (sid !== "" && sids.has(sid)) {
      const message = `another statement has the Sid ${sid} as well`;
      report.warning({ code: "policy.duplicate-sid", path: pathTo(path, "Sid"), message });
    }
    sids.add(sid);
    reportMisleadingSid(statement, path, report);
    reportLockOut(statement, path, report);
    reportAllowedRest(statement, path, report);
  }
}

function reportMisleadingSid({ sid, effect }: Statement, path: string, report: Report): void {
  const opposite = effect === "Deny" ? "allow" : "deny";
  if (!sid?.toLowerCase().startsWith(opposite)) return;
  const message = `the Sid ${sid} is a name without effect: this statement is a ${effect}`;
  report.warning({ code: "policy.misleading-sid", path: pathTo(path, "Sid"), message });
}

/** A Deny without a condition for everybody: only the root user of the account can take it back. */
function reportLockOut(statement: Statement, path: string, report: Report): void {
  const { effect, principal, action, conditions } = statement;
  const everybody =
    !principal.negated && principal.entries.some((entry) => entry.kind === "everyone");
  const named = action.patterns.some((pattern) => matchesAction(pattern, "s3:PutBucketPolicy"));
  if (effect !== "Deny" || !everybody || conditions.length > 0 || named === action.negated) return;
  const message = "denies s3:PutBucketPolicy to everybody without a condition";
  report.warning({ code: "policy.lock-out", path, message });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
function reportAllowedRest(statement: Statement, path: string, report: Report): void {
  if (statement.effect !== "Allow" || !statement.principal.negated) return;
  const message = "allows everybody else, anonymous callers too; AWS supports it with Deny only";
  report.warning({
    code: "policy.allow-not-principal",
    path: pathTo(path, "NotPrincipal"),
    message,
  });
}
