import { DescribeAccountCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import type { AccountId, Region } from "../model/ref.ts";
import type { AccountTraits } from "../notify/index.ts";
import type { Reader } from "../observe/index.ts";
import type { Clients } from "./clients.ts";

interface Options {
  readonly clients: Pick<Clients, "own">;
  readonly reader: Reader;
  /** Where calls about the account are made. */
  readonly region: Region;
  /** Whether the units are asked for as well, one call for each level. */
  readonly withUnits: boolean;
}

/**
 * Asks AWS Organizations about accounts, each once as long as the function lives. Only the management
 * account and its delegates get an answer; it never throws, because a message without a name is better
 * than none.
 */
export function createAccountTraits(
  options: Options,
): (account: AccountId) => Promise<AccountTraits> {
  const asked = new Map<AccountId, Promise<AccountTraits>>();
  return (account) => {
    const answer = asked.get(account) ?? traitsOf(account, options);
    asked.set(account, answer);
    return answer;
  };
}

async function traitsOf(account: AccountId, options: Options): Promise<AccountTraits> {
  const [name, units] = await Promise.all([nameOf(account, options), unitsOf(account, options)]);
  return { ...name, ...units };
}

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html */
async function nameOf(AccountId: AccountId, { clients }: Options): Promise<AccountTraits> {
  try {
    const command = new DescribeAccountCommand({ AccountId });
    const { Account } = await clients.own(OrganizationsClient).send(command);
    return Account?.Name === undefined ? {} : { accountName: Account.Name };
  } catch {
    return {};
  }
}

async function unitsOf(
  account: AccountId,
  { reader, region, withUnits }: Options,
): Promise<AccountTraits> {
  if (!withUnits) return {};
  const on = { kind: "account", account, region } as const;
  const units = await reader.read("organizationalUnits", on, {});
  if (units.state === "unknown") return {};
  return { organizationalUnits: units.state === "present" ? units.value : [] };
}
