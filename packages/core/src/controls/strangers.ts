import { assertNever } from "../kernel/never.ts";
import type { PolicyText } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import {
  type Condition,
  type ParseResult,
  type Policy,
  parse,
  publicAccess,
  type Statement,
} from "../policy/index.ts";

/** Whom a policy lets in that it should not, in words; and what could not be told. */
export interface Strangers {
  readonly faults: readonly string[];
  readonly doubts: readonly string[];
}

/** Accounts whose callers are no strangers. */
export interface Household {
  readonly account: string;
  readonly trusted: readonly string[];
}

/** A policy of something that is not a bucket. */
interface Judgeable {
  readonly policy: Known<PolicyText>;
  /** What it is called, e.g. `an access policy`. */
  readonly called: string;
  /** What AWS itself says of it, where it does. */
  readonly isPublic?: Known<boolean>;
  /** Set where S3 lets in nobody from outside, e.g. through one VPC only. */
  readonly isNeverPublic?: boolean;
}

/** Whether a policy lets in everyone, or another account. */
export function strangersIn(
  { policy, called, isPublic, isNeverPublic = false }: Judgeable,
  household: Household,
): Strangers {
  if (policy.state === "absent") return { faults: [], doubts: [] };
  const said = isPublic?.state === "present" && isPublic.value;
  const ownWord = said ? [`has ${called} that S3 calls public`] : [];
  const parsed = parse(policy.value.text);
  if (parsed.kind === "invalid") {
    const doubt = `has ${called} that IAM does not define${placeOf(parsed)}`;
    return { faults: ownWord, doubts: [doubt] };
  }
  const open = isNeverPublic ? [] : publicFaults(parsed.policy, called);
  const foreign = foreignersIn(parsed.policy, household);
  const named = foreign.length === 0 ? [] : [`has ${called} that lets in ${foreign.join(", ")}`];
  return { faults: [...(open.length === 0 ? ownWord : open), ...named], doubts: [] };
}

function publicFaults(policy: Policy, called: string): readonly string[] {
  const access = publicAccess(policy);
  if (access.kind === "not-public") return [];
  return access.statements.map(
    ({ statement, why }) => `has ${called} whose statement ${statement + 1} is public: ${why}`,
  );
}

/** Whom an Allow names that belongs to none of these accounts, each once. */
function foreignersIn({ statements }: Policy, household: Household): readonly string[] {
  const allowed = statements.filter(({ effect }) => effect === "Allow");
  return [...new Set(allowed.flatMap((statement) => foreignersOf(statement, household)))];
}

function foreignersOf({ principal, conditions }: Statement, household: Household) {
  const behind = accountsBehind(conditions, household);
  if (principal.negated) return behind;
  return principal.entries.flatMap((entry) => {
    switch (entry.kind) {
      case "everyone":
      case "service":
        return behind;
      case "canonical-user":
        return [`the canonical user ${entry.value}`];
      case "aws":
      case "federated": {
        const account = accountOf(entry.value);
        // Some identity providers belong to no account.
        if (account === undefined && entry.kind === "federated") return [];
        return isAtHome(account, household) ? [] : [account ?? entry.value];
      }
      default:
        return assertNever(entry);
    }
  });
}

/** The foreign accounts that conditions name; none where one of these leaves only those at home. */
function accountsBehind(conditions: readonly Condition[], household: Household): readonly string[] {
  const named = conditions.flatMap((condition) => {
    const accounts = accountKeys.includes(condition.key.toLowerCase())
      ? accountsNamedBy(condition)
      : undefined;
    return accounts === undefined ? [] : [accounts];
  });
  const foreign = named.map((accounts) => accounts.filter((it) => !isAtHome(it, household)));
  return foreign.some((accounts) => accounts.length === 0) ? [] : foreign.flat();
}

const accountKeys = [
  "aws:principalaccount",
  "aws:principalarn",
  "aws:sourceaccount",
  "aws:sourceowner",
  "aws:sourcearn",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
];

/** The accounts to which a condition on such a key limits requests; undefined where it leaves them open. */
export function accountsNamedBy({
  operator,
  key,
  values,
}: Condition): readonly string[] | undefined {
  // Not the negated ones, nor those that hold without the key.
  if (!/^(ForAnyValue:)?(String(Equals|Like)|Arn(Equals|Like))$/i.test(operator)) return undefined;
  const accounts = values.map((value) =>
    key.toLowerCase().endsWith("arn") ? (value.split(":")[4] ?? "") : value,
  );
  const isClear = accounts.length > 0 && accounts.every((it) => /^\d{12}$/.test(it));
  return isClear ? accounts : undefined;
}

function isAtHome(account: string | undefined, { account: own, trusted }: Household): boolean {
  return account !== undefined && (account === own || trusted.includes(account));
}

/** The account of an ARN or an account id; ids of deleted users and roles have none. */
function accountOf(principal: string): string | undefined {
  if (/^\d{12}$/.test(principal)) return principal;
  return /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1];
}

/** Where a policy is wrong, in brackets. */
export function placeOf({ diagnostics }: Extract<ParseResult, { kind: "invalid" }>): string {
  const first = diagnostics[0];
  if (first === undefined) return "";
  return first.path === "" ? ` (${first.message})` : ` (${first.path}: ${first.message})`;
}
