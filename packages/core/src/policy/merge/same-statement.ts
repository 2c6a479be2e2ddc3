import { canonicalJson } from "../../kernel/index.ts";
import type { OwnStatement } from "../guarantees/guarantee.ts";
import type { Statement } from "../syntax/document.ts";
import { parse } from "../syntax/parse.ts";

/** Whether a statement says the very same as one of ours: spelling aside, element by element. */
export function sameStatement(statement: Statement, own: OwnStatement): boolean {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: [own] }));
  const other = parsed.kind === "parsed" ? parsed.policy.statements[0] : undefined;
  return other !== undefined && contentOf(statement) === contentOf(other);
}

/** Equal for statements that say the very same. */
export function contentOf({
  sid,
  effect,
  principal,
  action,
  resource,
  conditions,
}: Statement): string {
  const sorted = conditions
    .map(({ operator, key, values }) => canonicalJson([operator, key, sortedCopy(values)]))
    .sort();
  const elements = [action, resource].map(({ negated, patterns }) => [
    negated,
    sortedCopy(patterns),
  ]);
  const entries = principal.entries.map((entry) => canonicalJson(entry)).sort();
  return canonicalJson([sid, effect, principal.negated, entries, elements, sorted]);
}

function sortedCopy(values: readonly string[]): readonly string[] {
  return [...values].sort();
}
