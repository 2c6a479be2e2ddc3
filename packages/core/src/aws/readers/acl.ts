import { GetBucketAclCommand } from "@aws-sdk/client-s3";
import type { Acl } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const aclReader: FacetReader<Acl> = {
  absent: "none",
  async ask(clients, on) {
    const answer = await clients.bucketReads(on).send(new GetBucketAclCommand(bucketOf(on)));
    const grants = answer.Grants ?? [];
    return {
      owner: answer.Owner?.ID ?? "",
      grants: grants.map(({ Grantee: grantee, Permission: permission }) => ({
        grantee: grantee?.URI ?? grantee?.ID ?? grantee?.EmailAddress ?? "unknown",
        permission: permission ?? "unknown",
      })),
    };
  },
};
