import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { GlacierClient } from "@aws-sdk/client-glacier";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import type { S3ControlClient } from "@aws-sdk/client-s3-control";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import type { Sandbox } from "@bucket-warden/sandbox";

/** The clients of one user of the sandbox. */
export interface Caller {
  readonly s3: S3Client;
  readonly s3control: S3ControlClient;
  readonly glacier: GlacierClient;
  readonly kms: KMSClient;
  readonly cloudtrail: CloudTrailClient;
}

/** Clients that call the sandbox as the IAM user of that name, in the given region. */
export type DemoClients = (user: string, region?: string) => Caller;

export function demoClients({ endpoint, account, region: home }: Sandbox): DemoClients {
  return (user, region = home) => {
    // The sandbox takes any credentials and names the caller after the key id.
    const credentials = { accessKeyId: user, secretAccessKey: "any" };
    const settings = { endpoint, region, credentials };
    const at = { account: parseAccountId(account, "demo"), region: parseRegion(region, "demo") };
    const around = createClients({ ...settings, region: at.region });
    return {
      s3: new S3Client(settings),
      s3control: s3ControlAt(around, at), // it knows where S3 Control is on an endpoint of one's own
      glacier: around.of(GlacierClient, at),
      kms: around.of(KMSClient, at),
      cloudtrail: new CloudTrailClient(settings),
    };
  };
}
