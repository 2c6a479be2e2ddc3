import type { Policy } from "./document.ts";

/** The document exactly as it was read: `print(parse(text).policy) === text`. */
export function print(policy: Policy): string {
  return policy.text;
}
