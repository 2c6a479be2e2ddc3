import { structuredPatch } from "diff";
import { type Conflict, isRemoval, type PlanStep } from "../model/plan.ts";

/** What a step would change, as lines: ` ` kept, `-` taken away, `+` added; three lines around each. */
export function diffOf(step: PlanStep): readonly string[] {
  const before = step.before.state === "absent" ? "" : readable(step.document, step.before.value);
  return diffOfTexts(before, isRemoval(step) ? "" : readable(step.document, step.after));
}

/** A conflict as lines: its place, and what stood, was written and stands there. */
export function conflictLines({ place, before, written, now }: Conflict): readonly string[] {
  const versions = Object.entries({ before, written, now });
  const width = Math.max(...versions.map(([name]) => name.length));
  return [place, ...versions.map(([name, it]) => `  ${name.padEnd(width)}  ${inOneLine(it)}`)];
}

function inOneLine(value: unknown): string {
  if (value === undefined) return "(nothing)";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The same for two bucket policies; `undefined` when there was none. */
export function diffOfPolicies(before: string | undefined, after: string): readonly string[] {
  return diffOfTexts(before === undefined ? "" : readablePolicy(before), readablePolicy(after));
}

function diffOfTexts(before: string, after: string): readonly string[] {
  const patch = structuredPatch("before", "after", before, after, "", "", { context: 3 });
  return patch.hunks.flatMap(({ lines }) => lines).filter((line) => !line.startsWith("\\"));
}

function readable(document: PlanStep["document"], value: object): string {
  if (document === "policy" && "text" in value) return readablePolicy(String(value.text));
  if ("rule" in value) return readableJson(value.rule);
  if ("rules" in value) return readableJson(value.rules);
  if ("configuration" in value) return readableJson(value.configuration);
  if ("enabled" in value) return readableJson(value.enabled);
  return readableJson(value);
}

/** One member a line, so that a diff shows which statement came or went, and only that. */
function readablePolicy(text: string): string {
  try {
    const document: unknown = JSON.parse(text);
    return readableJson(withStatementList(document));
  } catch {
    return `${text}\n`; // not JSON: better shown as it is than not at all
  }
}

/** A lone statement and a list of one mean the same and shall look the same. */
function withStatementList(document: unknown): unknown {
  if (typeof document !== "object" || document === null || !("Statement" in document)) {
    return document;
  }
  const statements = document.Statement;
  return { ...document, Statement: Array.isArray(statements) ? statements : [statements] };
}

function readableJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
