import type { PolicyText } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { parse, type Statement } from "../policy/index.ts";
import { accountsNamedBy, type Household, placeOf } from "./strangers.ts";

/** To whose access points a bucket policy leaves the grants, each a sentence part about the policy. */
export interface Delegation {
  readonly faults: readonly string[];
  readonly doubts: readonly string[];
  readonly notes: readonly string[];
}

const nothing: Delegation = { faults: [], doubts: [], notes: [] };

/**
 * What a bucket policy allows to requests that come through access points: whom these let in is
 * written in their own policies, and those of other accounts only these can list.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-delegating-control
 */
export function delegationsIn(policy: Known<PolicyText>, household: Household): Delegation {
  if (policy.state === "absent") return nothing;
  const parsed = parse(policy.value.text);
  if (parsed.kind === "invalid") {
    return { ...nothing, doubts: [`is not one that IAM defines${placeOf(parsed)}`] };
  }
  const parts = parsed.policy.statements.map((statement) => judge(statement, household));
  return {
    faults: parts.flatMap(({ faults }) => faults),
    doubts: parts.flatMap(({ doubts }) => doubts),
    notes: parts.flatMap(({ notes }) => notes),
  };
}

/** The keys that only requests through an access point carry. */
const keys = ["s3:dataaccesspointaccount", "s3:dataaccesspointarn", "s3:accesspointnetworkorigin"];

function judge(statement: Statement, { account, trusted }: Household): Delegation {
  if (statement.effect !== "Allow") return nothing;
  const asked = statement.conditions.filter(({ key }) => keys.includes(key.toLowerCase()));
  if (asked.length === 0) return nothing;
  const leaves = `leaves grants to access points of`;
  const where = `(statement ${statement.index + 1})`;
  const limits = asked.map(accountsNamedBy).filter((accounts) => accounts !== undefined);
  const [first] = limits;
  if (first === undefined) {
    return { ...nothing, doubts: [`${leaves} any account, which cannot be listed ${where}`] };
  }
  // All conditions have to hold.
  const named = first.filter((it) => limits.every((accounts) => accounts.includes(it)));
  const others = named.filter((it) => it !== account);
  const strangers = others.filter((it) => !trusted.includes(it));
  const known = others.filter((it) => trusted.includes(it));
  return {
    faults: strangers.map((it) => `${leaves} ${it} ${where}`),
    doubts: [],
    notes: [
      ...(named.includes(account) ? [`${leaves} this account ${where}`] : []),
      ...known.map((it) => `${leaves} ${it}, which cannot be listed from here ${where}`),
    ],
  };
}
