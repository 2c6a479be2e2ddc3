import { GetBucketLoggingCommand } from "@aws-sdk/client-s3";
import type { Logging } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/**
 * Logging that is off is answered with 200 and an empty body.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html
 */
export const loggingReader: FacetReader<Logging> = {
  absent: "none",
  async ask(clients, on) {
    const answer = await clients.bucketReads(on).send(new GetBucketLoggingCommand(bucketOf(on)));
    const enabled = answer.LoggingEnabled;
    if (enabled === undefined) return undefined;
    return {
      targetBucket: enabled.TargetBucket ?? "",
      targetPrefix: enabled.TargetPrefix ?? "",
      enabled: { ...enabled },
    };
  },
};
