import { GetBucketPolicyCommand } from "@aws-sdk/client-s3";
import type { PolicyText } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const policyReader: FacetReader<PolicyText> = {
  absent: "policy",
  async ask(clients, on) {
    const { Policy: text } = await clients
      .bucketReads(on)
      .send(new GetBucketPolicyCommand(bucketOf(on)));
    if (text === undefined) throw new Error("GetBucketPolicy answered without a policy");
    return { text };
  },
};
