import type { Settings } from "../baseline/index.ts";
import type { AccountFacets, Facts, PublicAccessBlock } from "../model/facets.ts";
import { valueIn } from "../model/reading.ts";

type Flag = Exclude<keyof PublicAccessBlock, "configuration">;

/** In the order and with the names of the S3 console and API. */
const flags: readonly (readonly [Flag, string])[] = [
  ["blockPublicAcls", "BlockPublicAcls"],
  ["ignorePublicAcls", "IgnorePublicAcls"],
  ["blockPublicPolicy", "BlockPublicPolicy"],
  ["restrictPublicBuckets", "RestrictPublicBuckets"],
];

/** The names of the flags that none of these blocks has on: S3 enforces what any of them asks for. */
export function missingFlags(
  blocks: readonly (PublicAccessBlock | undefined)[],
): readonly string[] {
  return flags.filter(([flag]) => !blocks.some((block) => block?.[flag])).map(([, name]) => name);
}

type Around = Partial<
  Facts<Extract<keyof AccountFacets, "accountPublicAccess" | "organizationPublicAccess">>
>;

/**
 * What S3 enforces for a whole account: the organization's policy in place of the account's own
 * block, where there is one.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3.html
 */
export function accountBlock({
  accountPublicAccess,
  organizationPublicAccess,
}: Around): PublicAccessBlock | undefined {
  switch (valueIn(organizationPublicAccess)) {
    case "all":
      return everything;
    case "none":
      return undefined;
    case undefined:
      return valueIn(accountPublicAccess);
  }
}

const everything: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
  configuration: {},
};

/** Whether the baseline has the organization asked, which takes a permission that not all give. */
export function readsOrganization(settings: Settings): boolean {
  return settings["account-public-access"].organizationPolicy === "read";
}
