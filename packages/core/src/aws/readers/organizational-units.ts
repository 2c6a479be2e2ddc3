import { OrganizationsClient, paginateListParents } from "@aws-sdk/client-organizations";
import type { AccountFacets } from "../../model/facets.ts";
import type { ResourceRef } from "../../model/ref.ts";
import type { FacetReader } from "./facet-reader.ts";

/** The root and five levels below it. */
const mostUnits = 6;

/**
 * Asked with the Warden's own credentials: only the management account and its delegates may. An
 * account that is in no organization has no units; one of another organization is unknown.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html
 */
export const organizationalUnitsReader: FacetReader<
  AccountFacets["organizationalUnits"],
  ResourceRef
> = {
  absent: "organization",
  async ask(clients, { account }) {
    const client = clients.own(OrganizationsClient);
    const units: string[] = [];
    let child: string = account;
    while (units.length < mostUnits) {
      const parent = await parentOf(client, child);
      units.push(parent.id);
      if (parent.isRoot) return units;
      child = parent.id;
    }
    throw new Error(`there is no root within ${mostUnits} units above ${account}`);
  },
};

/** A child has one parent, which need not be on the first page. */
async function parentOf(
  client: OrganizationsClient,
  ChildId: string,
): Promise<{ readonly id: string; readonly isRoot: boolean }> {
  for await (const { Parents = [] } of paginateListParents({ client }, { ChildId })) {
    for (const { Id: id, Type: type } of Parents) {
      if (id !== undefined) return { id, isRoot: type === "ROOT" };
    }
  }
  throw new Error(`ListParents answered without a parent of ${ChildId}`);
}
