import { GetBucketLifecycleConfigurationCommand } from "@aws-sdk/client-s3";
import type { BucketFacets } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const lifecycleReader: FacetReader<BucketFacets["lifecycle"]> = {
  absent: "lifecycle",
  async ask(clients, on) {
    const command = new GetBucketLifecycleConfigurationCommand(bucketOf(on));
    const { Rules: rules = [] } = await clients.bucketReads(on).send(command);
    return { rules: rules.length };
  },
};
