import type { PolicyText } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { type ParseResult, type Policy, parse, publicAccess } from "../policy/index.ts";

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
  const allowed = statements.filter(
    ({ effect, principal }) => effect === "Allow" && !principal.negated,
  );
  const names = allowed.flatMap(({ principal }) =>
    principal.entries.flatMap((entry) => {
      if (entry.kind === "canonical-user") return [`the canonical user ${entry.value}`];
      if (entry.kind !== "aws") return [];
      const account = accountOf(entry.value);
      return isAtHome(account, household) ? [] : [account ?? entry.value];
    }),
  );
  return [...new Set(names)];
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
