import { DescribeEffectivePolicyCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import * as z from "zod";
import type { AccountFacets } from "../../model/facets.ts";
import type { ResourceRef } from "../../model/ref.ts";
import type { FacetReader } from "./facet-reader.ts";

const word = z.enum(["all", "none"]);

/** The value alone, or still under the operator with which a policy sets it. */
const schema = z.object({
  s3_attributes: z.object({
    public_access_block_configuration: z.union([
      word,
      z.object({ "@@assign": word }).transform((assigned) => assigned["@@assign"]),
    ]),
  }),
});

/**
 * Without a target it is the policy of the account that asks. What cannot be understood is unknown.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html
 */
export const organizationPublicAccessReader: FacetReader<
  AccountFacets["organizationPublicAccess"],
  ResourceRef
> = {
  absent: "organizationPolicy",
  async ask(clients, on) {
    const command = new DescribeEffectivePolicyCommand({ PolicyType: "S3_POLICY" });
    const { EffectivePolicy: policy } = await clients.of(OrganizationsClient, on).send(command);
    return organizationWord(policy?.PolicyContent ?? "");
  },
};

/** Throws when the text is not an effective S3 policy as it is known today. */
export function organizationWord(text: string): AccountFacets["organizationPublicAccess"] {
  const policy = schema.parse(JSON.parse(text));
  return policy.s3_attributes.public_access_block_configuration;
}
