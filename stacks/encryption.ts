import type { Stage } from "./stage.ts";

/**
 * The key of the topics. Queues and table use keys of their services; but CloudWatch publishes to an
 * encrypted topic only under a key whose policy lets it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function createKey({ names }: Stage): aws.kms.Key {
  const { partition, region, account, prefix } = names;
  const key = new aws.kms.Key("Key", {
    description: `Messages of ${prefix}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountDecidesWhoMayUseIt",
          Effect: "Allow",
          Principal: { AWS: `arn:${partition}:iam::${account}:root` },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "AlarmsMayBeEncrypted",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: {
              "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:${prefix}-*`,
            },
          },
        },
      ],
    }),
  });
  new aws.kms.Alias("KeyAlias", { name: `alias/${prefix}`, targetKeyId: key.keyId });
  return key;
}
