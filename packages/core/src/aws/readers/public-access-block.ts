import {
  GetPublicAccessBlockCommand,
  type PublicAccessBlockConfiguration,
} from "@aws-sdk/client-s3";
import type { PublicAccessBlock } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/**
 * The bucket's own block. That of its account or organization is not seen here.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html
 */
export const publicAccessBlockReader: FacetReader<PublicAccessBlock> = {
  absent: "publicAccessBlock",
  async ask(clients, on) {
    const answer = await clients
      .bucketReads(on)
      .send(new GetPublicAccessBlockCommand(bucketOf(on)));
    const configuration = answer.PublicAccessBlockConfiguration;
    if (configuration === undefined) throw new Error("GetPublicAccessBlock answered without one");
    return blockFrom(configuration);
  },
};

/** The block as it was answered; S3 and S3 Control have the same shape for it. */
export function blockFrom(configuration: PublicAccessBlockConfiguration): PublicAccessBlock {
  return {
    blockPublicAcls: configuration.BlockPublicAcls ?? false,
    ignorePublicAcls: configuration.IgnorePublicAcls ?? false,
    blockPublicPolicy: configuration.BlockPublicPolicy ?? false,
    restrictPublicBuckets: configuration.RestrictPublicBuckets ?? false,
    configuration: { ...configuration },
  };
}
