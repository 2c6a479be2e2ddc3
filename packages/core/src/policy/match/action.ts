import { matchesWildcard } from "./wildcard.ts";

/**
 * Whether an `Action` pattern covers an action such as `s3:GetObject`. Case does not count, neither in
 * the prefix nor in the name; `*` alone is every action of every service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}
