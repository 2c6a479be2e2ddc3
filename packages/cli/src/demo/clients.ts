import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { S3Client } from "@aws-sdk/client-s3";
import type { Sandbox } from "@bucket-warden/sandbox";

/** The clients of one user of the sandbox. */
export interface Caller {
  readonly s3: S3Client;
  readonly cloudtrail: CloudTrailClient;
}

/** Clients that call the sandbox as the IAM user of that name, in the given region. */
export type DemoClients = (user: string, region?: string) => Caller;

export function demoClients({ endpoint, region: home }: Sandbox): DemoClients {
  return (user, region = home) => {
    // The sandbox takes any credentials and names the caller after the key id.
    const credentials = { accessKeyId: user, secretAccessKey: "any" };
    const settings = { endpoint, region, credentials };
    return { s3: new S3Client(settings), cloudtrail: new CloudTrailClient(settings) };
  };
}
