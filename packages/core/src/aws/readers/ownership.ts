import { GetBucketOwnershipControlsCommand } from "@aws-sdk/client-s3";
import type { Ownership } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export const ownershipReader: FacetReader<Ownership> = {
  absent: "ownership",
  async ask(clients, on) {
    const answer = await clients
      .bucketReads(on)
      .send(new GetBucketOwnershipControlsCommand(bucketOf(on)));
    const rules = answer.OwnershipControls?.Rules ?? [];
    const [rule] = rules;
    if (rule?.ObjectOwnership === undefined || rules.length > 1) {
      throw new Error(`GetBucketOwnershipControls answered with ${rules.length} rules, not one`);
    }
    return { setting: rule.ObjectOwnership, rule: { ...rule } };
  },
};
