import { matchesWildcard } from "./wildcard.ts";

/**
 * Whether an `Action` pattern covers an action such as `s3:GetObject`. Case does not count, neither in
 * the prefix nor in the name; `*` alone is every action of every service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(lowerCase(pattern), lowerCase(action));
}

/** Folds the letters of ASCII only: for `toLowerCase` the Kelvin sign is a k as well. */
export function lowerCase(text: string): string {
  // Only text beyond ASCII needs the slow way.
  // Stryker disable next-line ConditionalExpression: the slow way gives the same answer
  if (!/[\u0080-\uffff]/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
