import { GetBucketWebsiteCommand } from "@aws-sdk/client-s3";
import type { BucketFacets } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
export const websiteReader: FacetReader<BucketFacets["website"]> = {
  absent: "website",
  async ask(clients, on) {
    const answer = await clients.bucketReads(on).send(new GetBucketWebsiteCommand(bucketOf(on)));
    const { $metadata: _, ...website } = answer;
    return website;
  },
};
