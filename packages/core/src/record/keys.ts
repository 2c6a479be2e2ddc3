import { assertNever } from "../kernel/never.ts";
import { type AccountId, parseAccountId, type ResourceRef } from "../model/ref.ts";
import type { ToldOf } from "./ledger.ts";

/** The partition of what is kept of an account as a whole. */
export function accountKey(account: AccountId): string {
  return `account#${account}`;
}

/** The partition of what is kept of a resource. */
export function resourceKey(ref: ResourceRef): string {
  switch (ref.kind) {
    case "bucket":
      return `bucket#${ref.account}#${ref.name}`;
    case "account":
      return accountKey(ref.account);
    case "region":
      return `region#${ref.account}#${ref.region}`;
    default:
      return assertNever(ref);
  }
}

/** The resource whose partition this is. */
export function resourceAt(partition: string): Omit<ToldOf, "states"> {
  const [kind, id = "", name = ""] = partition.split("#");
  const account = parseAccountId(id, partition);
  switch (kind) {
    case "bucket":
      return { kind, account, name };
    case "account":
      return { kind, account, name: `account ${id}` };
    case "region":
      return { kind, account, name: `account ${id} in ${name}` };
    default:
      throw new Error(`${partition} is of no resource`);
  }
}
