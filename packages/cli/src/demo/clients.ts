import { S3Client } from "@aws-sdk/client-s3";
import type { Sandbox } from "@bucket-warden/sandbox";

/** A client that calls the sandbox as the IAM user of that name, in the given region. */
export type DemoClients = (user: string, region?: string) => S3Client;

export function demoClients({ endpoint, region: home }: Sandbox): DemoClients {
  return (user, region = home) =>
    new S3Client({
      endpoint,
      region,
      // The sandbox takes any credentials and names the caller after the key id.
      credentials: { accessKeyId: user, secretAccessKey: "any" },
    });
}
