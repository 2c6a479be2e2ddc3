import type { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { GlacierClient } from "@aws-sdk/client-glacier";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import type { S3ControlClient } from "@aws-sdk/client-s3-control";
import type { SecurityHubClient } from "@aws-sdk/client-securityhub";
import type { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { Clients } from "@bucket-warden/core/aws";

/** What a call came to: its output, or the name and HTTP status of the error. */
export type Answer =
  | { readonly kind: "answered"; readonly output: unknown }
  | { readonly kind: "refused"; readonly name: string; readonly status: number | undefined };

/** What AWS answers, by its documentation or by what was seen of it. */
export type Expected =
  | { readonly kind: "answered"; readonly output: unknown }
  /** Only the named members count; S3 and others may answer with more. */
  | { readonly kind: "showing"; readonly output: unknown }
  | { readonly kind: "refused"; readonly name: string; readonly status: number };

/** One subject, asked about from the beginning to its end in a world of its own. */
export interface Row {
  /** A phrase that no other row has, e.g. `bucket policy`. */
  readonly about: string;
  readonly play: (scene: Scene) => Promise<void>;
}

/** What a row has to play with. Everything that it makes, it names after itself. */
export interface Scene {
  readonly account: string;
  readonly region: string;
  /** The product's own clients, in the Region of the row or in another one. */
  readonly s3: (region?: string) => ReturnType<Clients["s3"]>;
  readonly control: (region?: string) => S3ControlClient;
  readonly kms: (region?: string) => KMSClient;
  readonly cloudwatch: () => CloudWatchClient;
  readonly serviceQuotas: () => ServiceQuotasClient;
  readonly glacier: () => GlacierClient;
  readonly cloudtrail: (region?: string) => CloudTrailClient;
  readonly sqs: () => SQSClient;
  readonly sns: () => SNSClient;
  readonly dynamodb: () => ReturnType<Clients["dynamodb"]>;
  readonly securityHub: () => SecurityHubClient;
  readonly ssm: () => SSMClient;
  /** S3 of another account, by a role there. */
  readonly member: (account: string) => ReturnType<Clients["s3"]>;
  readonly logs: () => CloudWatchLogsClient;
  readonly organizations: () => OrganizationsClient;
  /** Makes a bucket and says its name. */
  readonly bucket: (name: string, region?: string) => Promise<string>;
  /** Puts the account under an S3 policy of its organization, which no call of a member can do. */
  readonly enactS3Policy: (word: "all" | "none") => void;
  /** Waits for the call and notes its answer beside the one that AWS would give. */
  readonly ask: <Output extends object>(
    title: string,
    call: Promise<Output>,
    expected: Expected,
  ) => Promise<Output | undefined>;
}

/** The call succeeds with exactly this output, apart from ids and dates. */
export function answered(output: object = {}): Expected {
  return { kind: "answered", output };
}

/** The call succeeds, and these members of its output are these. */
export function showing(output: object): Expected {
  return { kind: "showing", output };
}

/** The call ends in the error of this name. */
export function refused(name: string, status: number): Expected {
  return { kind: "refused", name, status };
}
