import { GetBucketLocationCommand } from "@aws-sdk/client-s3";
import { parseRegion, type Region } from "../../model/ref.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/**
 * us-east-1 is answered as nothing, and old buckets in Ireland as `EU`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
export const locationReader: FacetReader<Region> = {
  absent: "none",
  async ask(clients, on) {
    const answer = await clients.bucketReads(on).send(new GetBucketLocationCommand(bucketOf(on)));
    const constraint: string = answer.LocationConstraint ?? "";
    if (constraint === "") return parseRegion("us-east-1", "GetBucketLocation");
    return parseRegion(constraint === "EU" ? "eu-west-1" : constraint, "GetBucketLocation");
  },
};
