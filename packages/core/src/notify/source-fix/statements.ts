import { canonicalJson } from "../../kernel/json.ts";
import { parseJson } from "../../kernel/parse-json.ts";
import type { WriteStep } from "../../model/plan.ts";

/** The statements that a write of the policy would add; a changed statement is one of them. */
export function addedStatements({
  before,
  after,
}: Extract<WriteStep, { document: "policy" }>): readonly unknown[] {
  const old = before.state === "absent" ? [] : statementsIn(before.value.text);
  const known = new Set(old.map(canonicalJson));
  return statementsIn(after.text).filter((statement) => !known.has(canonicalJson(statement)));
}

function statementsIn(text: string): readonly unknown[] {
  try {
    const document = parseJson(text);
    if (typeof document !== "object" || document === null || !("Statement" in document)) return [];
    const { Statement } = document;
    return Array.isArray(Statement) ? Statement : [Statement];
  } catch {
    return []; // not JSON: nothing can be said of its statements
  }
}

/** A value as lines of JSON, two spaces a level. */
export function jsonLines(value: unknown): readonly string[] {
  return JSON.stringify(value, undefined, 2).split("\n");
}
