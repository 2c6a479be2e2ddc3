import { parse } from "../syntax/parse.ts";
import { check, type Refusal } from "./checks.ts";
import { carriersOf } from "./owned.ts";
import { withStatements } from "./write.ts";

/** What `remove` did. A policy needs a statement: `text` is undefined when the policy should go. */
export type RemoveResult =
  | { readonly kind: "unchanged"; readonly why: "not-there" }
  | {
      readonly kind: "changed";
      readonly text: string | undefined;
      readonly removed: readonly string[];
    }
  | Refusal;

/** Takes the statements with these Sids out of a policy, and leaves everything else as it is. */
export function remove(text: string, sids: readonly string[]): RemoveResult {
  const parsed = parse(text);
  if (parsed.kind !== "parsed") {
    return {
      kind: "refused",
      code: "invalid-policy",
      why: "the policy is not one that AWS would accept",
      remedy: "Correct the policy by hand; what it means now cannot be known",
    };
  }
  const { policy } = parsed;
  const dropped = carriersOf(policy, sids);
  if (dropped.length === 0) return { kind: "unchanged", why: "not-there" };
  const removed = dropped.map(({ sid }) => sid);
  if (dropped.length === policy.statements.length) {
    return { kind: "changed", text: undefined, removed };
  }
  const after = withStatements(policy, { drop: dropped.map(({ index }) => index), append: [] });
  const refusal = check({ before: policy, text: after, dropped, added: [] }, () => undefined);
  return refusal ?? { kind: "changed", text: after, removed };
}
