import { CreateVaultCommand } from "@aws-sdk/client-glacier";
import { DisableKeyRotationCommand } from "@aws-sdk/client-kms";
import { PutBucketPolicyCommand, PutBucketRequestPaymentCommand } from "@aws-sdk/client-s3";
import {
  CreateAccessPointCommand,
  CreateAccessPointForObjectLambdaCommand,
  CreateMultiRegionAccessPointCommand,
  PutAccessPointPolicyCommand,
} from "@aws-sdk/client-s3-control";
import { oldLogBucket } from "./cast.ts";
import type { DemoClients } from "./clients.ts";

const AccountId = "111122223333";

/** Makes what the account has around its buckets, as its owners once did through the SDK. */
export async function seedSurroundings({
  clientFor,
  europeanKeyArn: KeyId,
}: {
  readonly clientFor: DemoClients;
  readonly europeanKeyArn: string;
}): Promise<void> {
  const owner = clientFor("owner");
  await letPartnerIn(owner);
  await putFunctionBefore(owner);
  await spanRegions(owner);
  await letReadersPay(owner);
  await owner.glacier.send(new CreateVaultCommand({ accountId: "-", vaultName: "records-2019" }));
  await clientFor("owner", "eu-west-1").kms.send(new DisableKeyRotationCommand({ KeyId }));
}

type Owner = ReturnType<DemoClients>;

/** A door of its own to the bucket, and another account may use it. */
async function letPartnerIn({ s3control }: Owner): Promise<void> {
  const at = { AccountId, Name: "partner-door" };
  await s3control.send(new CreateAccessPointCommand({ ...at, Bucket: "acme-partner" }));
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::444455556666:root" },
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:us-east-1:${AccountId}:accesspoint/${at.Name}/object/*`,
      },
    ],
  });
  await s3control.send(new PutAccessPointPolicyCommand({ ...at, Policy }));
}

async function putFunctionBefore({ s3control }: Owner): Promise<void> {
  const at = `us-east-1:${AccountId}`;
  await s3control.send(
    new CreateAccessPointForObjectLambdaCommand({
      AccountId,
      Name: "redacted",
      Configuration: {
        SupportingAccessPoint: `arn:aws:s3:${at}:accesspoint/partner-door`,
        TransformationConfigurations: [
          {
            Actions: ["GetObject"],
            ContentTransformation: {
              AwsLambda: { FunctionArn: `arn:aws:lambda:${at}:function:redact` },
            },
          },
        ],
      },
    }),
  );
}

async function spanRegions({ s3control }: Owner): Promise<void> {
  await s3control.send(
    new CreateMultiRegionAccessPointCommand({
      AccountId,
      Details: {
        Name: "reports-everywhere",
        Regions: [{ Bucket: "acme-eu-reports" }],
        PublicAccessBlock: { BlockPublicAcls: true, IgnorePublicAcls: true },
      },
    }),
  );
}

/** S3 delivers no logs where whoever asks has to pay. */
async function letReadersPay({ s3 }: Owner): Promise<void> {
  const Bucket = oldLogBucket;
  const Statement = {
    Sid: "S3ServerAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${Bucket}/*`,
    Condition: { StringEquals: { "aws:SourceAccount": AccountId } },
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  const RequestPaymentConfiguration = { Payer: "Requester" } as const;
  await s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration }));
}
