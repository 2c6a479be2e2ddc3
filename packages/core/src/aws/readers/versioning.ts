import { GetBucketVersioningCommand } from "@aws-sdk/client-s3";
import type { Versioning } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

const statuses = { Enabled: "enabled", Suspended: "suspended" } as const;
const mfaDeletes = { Enabled: "enabled", Disabled: "disabled" } as const;

/**
 * `MFADelete` is answered only if it was ever configured.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html
 */
export const versioningReader: FacetReader<Versioning> = {
  absent: "none",
  async ask(clients, on) {
    const answer = await clients.bucketReads(on).send(new GetBucketVersioningCommand(bucketOf(on)));
    return {
      status: answer.Status === undefined ? "never-enabled" : statuses[answer.Status],
      mfaDelete: answer.MFADelete === undefined ? "never-configured" : mfaDeletes[answer.MFADelete],
    };
  },
};
