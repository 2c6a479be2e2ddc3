import type { AccountId } from "../model/ref.ts";

/** The partition of what is kept of an account as a whole. */
export function accountKey(account: AccountId): string {
  return `account#${account}`;
}
