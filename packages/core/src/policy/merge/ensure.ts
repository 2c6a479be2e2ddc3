import type { Guarantee, OwnStatement } from "../guarantees/guarantee.ts";
import { prove } from "../semantics/prove.ts";
import type { Policy } from "../syntax/document.ts";
import { check, type Refusal } from "./checks.ts";
import { carriersOf } from "./owned.ts";
import { read } from "./read.ts";
import { sameStatement } from "./same-statement.ts";
import { withStatements } from "./write.ts";

/** What `ensure` did. `text` is the whole new document; nothing was changed where there is none. */
export type EnsureResult =
  | { readonly kind: "unchanged"; readonly why: "proven" }
  | {
      readonly kind: "changed";
      readonly text: string;
      /** Sids of the statements that are new. */
      readonly added: readonly string[];
      /** Sids of the statements of ours that are gone. */
      readonly removed: readonly string[];
    }
  | Refusal;

/**
 * Makes a policy give a guarantee. Nothing changes when it does so already, in whatever words. Otherwise
 * the guarantee's own statements are added; a statement that carries one of its Sids and says something
 * else is replaced, and every other statement keeps its bytes and its order.
 */
export function ensure(text: string | undefined, guarantee: Guarantee): EnsureResult {
  const before = read(text);
  if (before.kind !== "read") return before;
  if (prove(before.policy, guarantee).kind === "proven") return unchanged;
  const change = { sids: guarantee.sids, statements: guarantee.statements };
  return amend(before.policy, change, (after) => givesIt(after, guarantee));
}

/**
 * Makes a policy contain one statement of ours, found by its Sid: one with the same content stays, one
 * that says something else is replaced.
 */
export function ensureStatement(text: string | undefined, statement: OwnStatement): EnsureResult {
  const before = read(text);
  if (before.kind !== "read") return before;
  return amend(before.policy, { sids: [statement.Sid], statements: [statement] }, () => undefined);
}

const unchanged = { kind: "unchanged", why: "proven" } as const;

interface Change {
  readonly sids: readonly string[];
  readonly statements: readonly OwnStatement[];
}

function amend(
  before: Policy | undefined,
  { sids, statements }: Change,
  verify: (after: Policy | undefined) => Refusal | undefined,
): EnsureResult {
  const kept = new Set<OwnStatement>();
  const dropped = carriersOf(before, sids).filter((statement) => {
    const same = statements.find((own) => !kept.has(own) && sameStatement(statement, own));
    if (same === undefined) return true;
    kept.add(same);
    return false;
  });
  const missing = statements.filter((own) => !kept.has(own));
  if (missing.length === 0 && dropped.length === 0) return verify(before) ?? unchanged;
  const text = withStatements(before, { drop: dropped.map(({ index }) => index), append: missing });
  const refusal = check({ before, text, dropped, added: missing }, verify);
  if (refusal !== undefined) return refusal;
  return {
    kind: "changed",
    text,
    added: missing.map(({ Sid }) => Sid),
    removed: dropped.map(({ sid }) => sid),
  };
}

function givesIt(after: Policy | undefined, guarantee: Guarantee): Refusal | undefined {
  const proof = prove(after, guarantee);
  if (proof.kind === "proven") return undefined;
  const why = proof.kind === "refuted" ? proof.sentence : proof.why;
  return {
    kind: "refused",
    code: "not-proven",
    why: `even with its own statements the guarantee does not hold: ${why}`,
    remedy:
      "Look at the other statements of the policy, and at the guarantee if it is one of your own",
  };
}
