/** How many cryptographic requests with symmetric keys KMS got in one minute. */
export interface BusyMinute {
  /** Milliseconds since 1970, at the full minute. */
  readonly at: number;
  readonly requests: number;
}

/** By which metric CloudWatch counts them. */
export const symmetricRequests = {
  MetricNamespace: "AWS/Usage",
  MetricName: "CallCount",
  MetricDimensions: {
    Class: "None",
    Resource: "CryptographicOperationsSymmetric",
    Service: "KMS",
    Type: "API",
  },
} as const;

/**
 * How many of them KMS takes a second from each account.
 * https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 */
export function symmetricQuotaIn(region: string): number {
  if (["us-east-1", "us-west-2", "eu-west-1"].includes(region)) return 100_000;
  return larger.includes(region) ? 20_000 : 10_000;
}

const larger = [
  "us-east-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "eu-central-1",
  "eu-west-2",
];
