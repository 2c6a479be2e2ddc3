import type { Logging, LogTarget } from "../model/facets.ts";
import type { Allowance } from "../model/verdict.ts";
import { hasAclsDisabled } from "./log-delivery.ts";

/** The grants on log files are carried over, and this is why S3 would refuse them at the target. */
export function grantsObstacle(
  before: Logging | undefined,
  target: LogTarget,
): Extract<Allowance, { mode: "blocked" }> | undefined {
  const grants = before?.enabled["TargetGrants"];
  if (!Array.isArray(grants) || grants.length === 0) return undefined;
  if (grants.some(isByEmail)) {
    return {
      mode: "blocked",
      why: "the grants on the log files name somebody by e-mail, which S3 no longer takes",
      needs: "TargetGrants that name accounts by their canonical ids, or none",
    };
  }
  if (!hasAclsDisabled(target.ownership)) return undefined;
  return {
    mode: "blocked",
    why: `the log files have grants of their own, and in ${target.name} ACLs have no say`,
    needs: `logging without TargetGrants, and a policy of ${target.name} for those who read logs`,
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_Grantee.html */
function isByEmail(grant: unknown): boolean {
  const grantee = membersOf(membersOf(grant)["Grantee"]);
  return grantee["EmailAddress"] !== undefined || grantee["Type"] === "AmazonCustomerByEmail";
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
