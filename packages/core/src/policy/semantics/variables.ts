import type { ConditionValue } from "../operators/index.ts";
import type { LanguageVersion } from "../syntax/document.ts";
import type { Context } from "./context.ts";

/**
 * Replaces the policy variables of a value: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`
 * and `${$}`. Documents older than 2012-10-17 have none: there `${` is text.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function replaceVariables(
  text: string,
  context: Context,
  version: LanguageVersion,
): ConditionValue {
  if (!hasVariable(text, version)) return text;
  const values = text.split(VARIABLE).map((part, place): Value => {
    // split() by a pattern with one group: texts at even places, the group's matches at odd ones
    return place % 2 === 0 ? { text: part, literal: false } : replacementFor(part, context);
  });
  if (values.includes("unknown")) return { unresolved: "unknown" };
  const operand = values.filter((value) => typeof value === "object");
  return operand.length === values.length ? operand : { unresolved: "void" };
}

/** Whether the text has a policy variable or an escape in this version of the language. */
export function hasVariable(text: string, version: LanguageVersion): boolean {
  return version === "2012-10-17" && /\$\{[^}]*\}/.test(text);
}

/** What a variable stands for; `undefined` when it has no value. */
type Value = { readonly text: string; readonly literal: boolean } | "unknown" | undefined;

const VARIABLE = /\$\{([^}]*)\}/;
const KEY_AND_DEFAULT = /^\s*(?<key>[^\s,']+)\s*(?:,\s*'(?<fallback>[^']*)'\s*)?$/;

function replacementFor(inside: string, context: Context): Value {
  if (inside === "*" || inside === "?" || inside === "$") return { text: inside, literal: true };
  const { key, fallback } = KEY_AND_DEFAULT.exec(inside)?.groups ?? {};
  if (key === undefined) return "unknown";
  const [value, ...more] = context.get(key.toLowerCase()) ?? [fallback];
  if (value === undefined) return undefined;
  // Several values cannot be one text, and whether a wildcard that a caller brings along is one to
  // IAM is written nowhere.
  if (more.length > 0 || /[*?]/.test(value)) return "unknown";
  return { text: value, literal: true };
}
