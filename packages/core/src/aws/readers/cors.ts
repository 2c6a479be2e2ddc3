import { GetBucketCorsCommand } from "@aws-sdk/client-s3";
import type { Cors } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html */
export const corsReader: FacetReader<Cors> = {
  absent: "cors",
  async ask(clients, on) {
    const answer = await clients.bucketReads(on).send(new GetBucketCorsCommand(bucketOf(on)));
    const rules = answer.CORSRules ?? [];
    return {
      rules: rules.map((rule) => ({
        origins: rule.AllowedOrigins ?? [],
        methods: rule.AllowedMethods ?? [],
        exposedHeaders: rule.ExposeHeaders ?? [],
        rule: { ...rule },
      })),
    };
  },
};
