import type { OwnStatement } from "../guarantees/guarantee.ts";
import type { Policy, Statement } from "../syntax/document.ts";
import { check, type Refusal } from "./checks.ts";
import { read } from "./read.ts";
import { contentOf } from "./same-statement.ts";
import { withStatements } from "./write.ts";

/** What a write replaced, and by what; undefined where there was no policy. */
export interface PolicyWrite {
  readonly before: string | undefined;
  readonly written: string | undefined;
}

/** A statement of a write that somebody changed since; each as its JSON text. */
export interface StatementConflict {
  readonly statement: string;
  readonly before?: string;
  readonly written?: string;
  readonly now: string;
}

/** What `revert` did. `text` is undefined when the policy should go, because nothing is left of it. */
export type RevertResult =
  | { readonly kind: "unchanged" }
  | { readonly kind: "changed"; readonly text: string | undefined }
  | { readonly kind: "conflict"; readonly conflicts: readonly StatementConflict[] }
  | Refusal;

/**
 * Takes one write back, and only that: statements that it added go, those that it replaced come back, and
 * every other statement keeps its bytes and its order, also those that came later.
 */
export function revert(now: string | undefined, { before, written }: PolicyWrite): RevertResult {
  if (now === before) return { kind: "unchanged" };
  if (now === written) return { kind: "changed", text: before };
  const [old, ours, current] = [read(before), read(written), read(now)];
  if (old.kind !== "read") return old;
  if (ours.kind !== "read") return ours;
  if (current.kind !== "read") return current;
  const added = without(listOf(ours.policy), listOf(old.policy));
  const removed = without(listOf(old.policy), listOf(ours.policy));
  return takeBack(current.policy, { added, removed });
}

/** A statement with its own text. */
interface Listed {
  readonly statement: Statement;
  readonly text: string;
  readonly content: string;
}

function listOf(policy: Policy | undefined): readonly Listed[] {
  if (policy === undefined) return [];
  return policy.statements.map((statement) => {
    const { start, end } = statement.span;
    return { statement, text: policy.text.slice(start, end), content: contentOf(statement) };
  });
}

/** Those that have no counterpart among the others; each counterpart counts once. */
function without(list: readonly Listed[], others: readonly Listed[]): readonly Listed[] {
  const left = others.map(({ content }) => content);
  return list.filter(({ content }) => {
    const at = left.indexOf(content);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

interface Difference {
  readonly added: readonly Listed[];
  readonly removed: readonly Listed[];
}

function takeBack(policy: Policy | undefined, { added, removed }: Difference): RevertResult {
  const now = listOf(policy);
  const gone = without(added, now);
  const back = without(removed, now);
  const kept = without(now, added);
  const conflicts = conflictsIn(without(kept, removed), { added: gone, removed: back });
  if (conflicts.length > 0) return { kind: "conflict", conflicts };
  const dropped = now.filter((it) => !kept.includes(it)).map(({ statement }) => statement);
  if (dropped.length === 0 && back.length === 0) return { kind: "unchanged" };
  if (kept.length === 0 && back.length === 0) return { kind: "changed", text: undefined };
  // They were parsed as statements before, and carry our Sids: nobody else's are ever replaced.
  const append = back.map(({ text }) => JSON.parse(text) as OwnStatement);
  const text = withStatements(policy, { drop: dropped.map(({ index }) => index), append });
  const amendment = { before: policy, text, dropped, added: append };
  return check(amendment, () => undefined) ?? { kind: "changed", text };
}

/** Statements of others that carry the Sid of one that shall go or come back, and say something else. */
function conflictsIn(
  others: readonly Listed[],
  { added, removed }: Difference,
): readonly StatementConflict[] {
  return others.flatMap(({ statement: { sid }, text }) => {
    if (sid === undefined) return [];
    const written = added.find(({ statement }) => statement.sid === sid);
    const before = removed.find(({ statement }) => statement.sid === sid);
    if ((written ?? before) === undefined) return [];
    return [
      {
        statement: sid,
        ...(before === undefined ? {} : { before: before.text }),
        ...(written === undefined ? {} : { written: written.text }),
        now: text,
      },
    ];
  });
}
