import { GetBucketEncryptionCommand } from "@aws-sdk/client-s3";
import type { Encryption } from "../../model/facets.ts";
import { bucketOf, type FacetReader } from "./facet-reader.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export const encryptionReader: FacetReader<Encryption> = {
  absent: "encryption",
  async ask(clients, on) {
    const answer = await clients.bucketReads(on).send(new GetBucketEncryptionCommand(bucketOf(on)));
    const rules = answer.ServerSideEncryptionConfiguration?.Rules ?? [];
    const [rule] = rules;
    // S3 accepts exactly one rule. More would be something that we cannot write back.
    if (rule === undefined || rules.length > 1) {
      throw new Error(`GetBucketEncryption answered with ${rules.length} rules instead of one`);
    }
    const applied = rule.ApplyServerSideEncryptionByDefault;
    const blocked = rule.BlockedEncryptionTypes?.EncryptionType;
    return {
      algorithm: applied?.SSEAlgorithm ?? "AES256", // a rule may only block types
      ...(applied?.KMSMasterKeyID === undefined ? {} : { keyId: applied.KMSMasterKeyID }),
      bucketKeyEnabled: rule.BucketKeyEnabled ?? false,
      ...(blocked === undefined ? {} : { blockedEncryptionTypes: blocked }),
      rule: { ...rule },
    };
  },
};
