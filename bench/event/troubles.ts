import { randomUUID } from "node:crypto";
import { account, region } from "../fake-s3/start.ts";

/** One change that is to be repaired. */
export interface Trouble {
  readonly name: string;
  /** The sub-resource that is wrong, as the fake names it. */
  readonly part: string;
  /** What the bucket has there. */
  readonly left: (bucket: string) => string;
  readonly eventName: string;
}

export const troubles: readonly Trouble[] = [
  {
    name: "versioning suspended",
    part: "versioning",
    left: () =>
      '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Suspended</Status></VersioningConfiguration>',
    eventName: "PutBucketVersioning",
  },
  {
    name: "policy without TLS",
    part: "policy",
    left: (bucket) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${account}:role/reader` },
            Action: "s3:GetObject",
            Resource: `arn:aws:s3:::${bucket}/*`,
          },
        ],
      }),
    eventName: "PutBucketPolicy",
  },
];

/** The baseline under which both are repaired. */
export const baseline = {
  versioning: { mode: "remediate" },
  "ssl-only": { mode: "remediate" },
};

/** What EventBridge makes of the record of that change. */
export function eventOf({ eventName }: Trouble, bucketName: string): object {
  const time = new Date().toISOString();
  const actor = { type: "IAMUser", principalId: "AIDAMALLORY", accountId: account };
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.s3",
    account,
    time,
    region,
    resources: [],
    detail: {
      eventVersion: "1.11",
      eventSource: "s3.amazonaws.com",
      eventName,
      eventID: randomUUID(),
      eventTime: `${time.slice(0, 19)}Z`,
      eventType: "AwsApiCall",
      awsRegion: region,
      recipientAccountId: account,
      readOnly: false,
      userIdentity: { ...actor, arn: `arn:aws:iam::${account}:user/mallory` },
      sourceIPAddress: "192.0.2.1",
      userAgent: "aws-cli/2.31.0",
      requestParameters: { bucketName },
    },
  };
}

/** A message of the queue, as Lambda hands it to a function for the first time. */
export function deliveryOf(body: string): object {
  const record = {
    messageId: randomUUID(),
    receiptHandle: "receipt",
    body,
    attributes: { ApproximateReceiveCount: "1", MessageGroupId: "group" },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:${region}:${account}:tasks.fifo`,
    awsRegion: region,
  };
  return { Records: [record] };
}
