import {
  type Account,
  OrganizationsClient,
  paginateListAccounts,
} from "@aws-sdk/client-organizations";
import { type AccountId, parseAccountId } from "../model/ref.ts";
import type { Clients } from "./clients.ts";

/**
 * The accounts of the caller's organization that are in use. Only its management account and its
 * delegates get an answer; throws what the SDK throws.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
 */
export async function accountsOfOrganization(
  clients: Pick<Clients, "own">,
): Promise<readonly AccountId[]> {
  const pages = paginateListAccounts({ client: clients.own(OrganizationsClient) }, {});
  const lists = await Array.fromAsync(pages, ({ Accounts = [] }) => Accounts);
  const active = lists.flat().filter(isInUse);
  return active.map(({ Id = "" }) => parseAccountId(Id, "ListAccounts"));
}

/** AWS retires `Status` in favour of `State`, and answers with both until then. */
function isInUse({ State, Status }: Account): boolean {
  return (State ?? Status) === "ACTIVE";
}
