import { receiveRecord } from "@bucket-warden/core/event";
import { type Recorded, recordedIn } from "@bucket-warden/core/rehearse";

/** What a test wants to be different in a record. */
export interface Different {
  readonly bucket?: string;
  /** ISO 8601, or how many seconds after 2026-11-20T10:00:00Z. */
  readonly at?: number | string;
  readonly by?: string;
  readonly type?: string;
  readonly region?: string;
  readonly more?: object;
}

let ids = 0;

/** A record as CloudTrail writes it, as far as it is read; `parameters` beside the bucket's name. */
export function record(
  eventName: string,
  parameters: object | null = {},
  { bucket = "photos", at = 0, by = "alice", type = "AssumedRole", region, more }: Different = {},
) {
  ids += 1;
  const account = "111122223333";
  const time = typeof at === "string" ? at : timeAfter(at);
  const requestParameters = parameters === null ? null : { bucketName: bucket, ...parameters };
  return {
    eventVersion: "1.11",
    userIdentity: {
      type,
      arn: `arn:aws:sts::${account}:assumed-role/${by}/session`,
      accountId: account,
      sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${account}:role/${by}` } },
    },
    eventTime: time,
    eventSource: "s3.amazonaws.com",
    eventName,
    awsRegion: region ?? "eu-west-1",
    requestParameters,
    eventID: `event-${ids}`,
    eventType: "AwsApiCall",
    readOnly: false,
    resources: [{ accountId: account, type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucket}` }],
    recipientAccountId: account,
    ...more,
  };
}

/** ISO 8601, to the second as CloudTrail has it. */
function timeAfter(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 20, 10) + seconds * 1_000).toISOString().replace(".000", "");
}

/** The same, as a rehearsal takes it. */
export function call(...of: Parameters<typeof record>): Recorded {
  return recorded(record(...of));
}

/** A record as a rehearsal takes it; the role `warden` is the Warden's own. */
function recorded(input: ReturnType<typeof record>): Recorded {
  const received = receiveRecord(input, "test");
  if (received.kind !== "trigger") throw new Error(`${input.eventName} leads to nothing`);
  const isOwn = input.userIdentity.arn.includes("/warden/");
  const found = recordedIn(input, received, { bytes: 100, isOwn });
  if (found === undefined) throw new Error("the record has no time");
  return found;
}

/** A policy that lets everybody read, as the parameters of a call. */
export function policyParameters(bucket = "photos", sid = "Open"): object {
  const statement = {
    Sid: sid,
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::444455556666:root" },
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
  return { bucketPolicy: { Version: "2012-10-17", Statement: [statement] }, policy: "" };
}
