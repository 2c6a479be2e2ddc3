import { GetBucketTaggingCommand } from "@aws-sdk/client-s3";
import type { Tags } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const tagsReader: FacetReader<Tags> = {
  absent: "tags",
  async ask(clients, on) {
    const { TagSet } = await clients
      .bucketReads(on)
      .send(new GetBucketTaggingCommand(bucketOf(on)));
    return Object.fromEntries((TagSet ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  },
};
