import {
  type Around,
  accountsOfOrganization,
  type Caller,
  type Clients,
  createClients,
} from "@bucket-warden/core/aws";
import { InputError } from "@bucket-warden/core/kernel";
import { type AccountId, parseAccountId } from "@bucket-warden/core/model";
import { inputErrorOf } from "@bucket-warden/core/trouble";
import { awsElsewhere } from "../local/endpoint.ts";
import type { ScanOptions } from "./options.ts";

type Asked = Pick<ScanOptions, "account" | "organization" | "role" | "externalId">;

/** The accounts that are meant, each once; that of the caller where none is named. */
export async function accountsFor(asked: Asked, caller: Caller): Promise<readonly AccountId[]> {
  const accounts = await accountsNamed(asked, caller);
  const other = accounts.find((account) => account !== caller.account);
  if (other === undefined || asked.role !== undefined) return accounts;
  throw new InputError({
    place: "--role",
    problem: `these are credentials of ${caller.account}, and ${other} is another account`,
    remedy: "Give the name of a role with read access that is there in each account.",
  });
}

async function accountsNamed(
  { account, organization }: Asked,
  caller: Caller,
): Promise<readonly AccountId[]> {
  if (organization !== true) {
    const named = account?.map((id) => parseAccountId(id, "--account"));
    return [...new Set(named ?? [caller.account])];
  }
  try {
    return await accountsOfOrganization(
      createClients({ region: caller.region, ...awsElsewhere() }),
    );
  } catch (error) {
    throw inputErrorOf(error, "the accounts of the organization") ?? error;
  }
}

/** So many accounts keep their connections and sessions: more than are looked at at once. */
const mostKept = 32;

/** The clients of each account: with the role there, or the caller's own in his own account. */
export function clientsFor(
  { role, externalId }: Asked,
  caller: Caller,
  around: Around,
): (account: AccountId) => Clients {
  const kept = new Map<AccountId, Clients>();
  const make = (account: AccountId): Clients => {
    const common = { region: caller.region, around, ...awsElsewhere() };
    if (role === undefined || account === caller.account) return createClients(common);
    const memberRole = { name: role, ...(externalId === undefined ? {} : { externalId }) };
    return createClients({ ...common, memberRole });
  };
  return (account) => {
    const clients = kept.get(account) ?? make(account);
    kept.delete(account);
    kept.set(account, clients);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return clients;
  };
}
