import { assertNever } from "../../kernel/index.ts";
import type { Principal } from "../semantics/request.ts";
import type { PrincipalEntry } from "../syntax/document.ts";
import { arnParts } from "./arn.ts";
import type { Truth } from "./truth.ts";

/**
 * Whether one entry of a `Principal` element names the caller. `unknown` where the document does not
 * say enough: a canonical user id stands for an account, but not for which one.
 */
export function matchesPrincipal(entry: PrincipalEntry, principal: Principal): Truth {
  switch (entry.kind) {
    case "everyone":
      return "yes";
    case "aws":
      return truth(matchesAws(entry.value, principal));
    case "service":
      // Stryker disable next-line ConditionalExpression: for the compiler; no other caller has a service
      return truth(principal.kind === "service" && principal.service === entry.value);
    case "federated":
      // Stryker disable next-line ConditionalExpression: for the compiler; no other has a provider
      return truth(principal.kind === "federated" && principal.provider === entry.value);
    case "canonical-user":
      return matchesCanonicalUser(entry.value, principal);
    default:
      return assertNever(entry);
  }
}

/** The account of a caller; anonymous callers and AWS services have none. */
function accountOf(principal: Principal): string | undefined {
  return "account" in principal ? principal.account : undefined;
}

/** The account that an entry stands for as a whole: `111122223333` or `arn:aws:iam::111122223333:root`. */
export function accountEntry(value: string): string | undefined {
  if (/^\d{12}$/.test(value)) return value;
  const parts = arnParts(value);
  return parts?.[2] === "iam" && parts[5] === "root" ? parts[4] : undefined;
}

/** Ids of IAM principals, which S3 shows in place of the ARN once the principal is deleted. */
export function isDeadPrincipal(value: string): boolean {
  return /^A(IDA|ROA|GPA|IPA|NPA|NVA|SIA|KIA)[A-Z0-9]{12,}$/.test(value);
}

function matchesAws(value: string, principal: Principal): boolean {
  const account = accountEntry(value);
  if (account !== undefined) return accountOf(principal) === account;
  return identitiesOf(principal).includes(value);
}

/** The ARNs under which a policy may name the caller. ARNs of principals compare with regard to case. */
function identitiesOf(principal: Principal): readonly string[] {
  switch (principal.kind) {
    // Stryker disable next-line ConditionalExpression: a user has no second ARN
    case "user":
      return [principal.arn];
    case "role-session":
      return [principal.arn, principal.roleArn];
    case "federated":
      return [principal.provider];
    case "anonymous":
    case "root":
    case "service":
    case "canonical-user":
      // Stryker disable next-line ArrayDeclaration: what no entry says
      return [];
    default:
      return assertNever(principal);
  }
}

function matchesCanonicalUser(id: string, principal: Principal): Truth {
  if (principal.kind === "canonical-user") return truth(principal.id === id);
  return accountOf(principal) === undefined ? "no" : "unknown";
}

function truth(holds: boolean): Truth {
  return holds ? "yes" : "no";
}
