import type { CloudTrailRecord } from "../trail/cloudtrail-record.ts";
import { AwsError } from "../wire/aws-error.ts";
import { type Input, listIn, optionalNumber, optionalText, textIn } from "../wire/input.ts";
import type { OperationCall } from "../wire/json-service.ts";

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export function lookupEvents({ input, call, world }: OperationCall): Input {
  const [attribute] = listIn(input, "LookupAttributes");
  const from = (optionalNumber(input, "StartTime") ?? 0) * 1000;
  const to = (optionalNumber(input, "EndTime") ?? Number.POSITIVE_INFINITY) * 1000;
  const skip = Number(optionalText(input, "NextToken") ?? 0);
  const limit = optionalNumber(input, "MaxResults") ?? 50;
  const found = world.records
    .filter((record) => record.recipientAccountId === call.principal.account)
    .filter((record) => record.awsRegion === call.region)
    .filter((record) => isWithin(Date.parse(record.eventTime), from, to))
    .filter((record) => attribute === undefined || matches(record, attribute))
    .reverse();
  const end = skip + limit;
  return {
    Events: found.slice(skip, end).map(shown),
    ...(found.length > end ? { NextToken: String(end) } : {}),
  };
}

function isWithin(moment: number, from: number, to: number): boolean {
  return moment >= from && moment <= to;
}

function matches(record: CloudTrailRecord, attribute: Input): boolean {
  const value = textIn(attribute, "AttributeValue");
  switch (textIn(attribute, "AttributeKey")) {
    case "EventId":
      return record.eventID === value;
    case "EventName":
      return record.eventName === value;
    case "EventSource":
      return record.eventSource === value;
    case "ReadOnly":
      return String(record.readOnly) === value;
    case "Username":
      return usernameOf(record) === value;
    case "AccessKeyId":
      return record.userIdentity["accessKeyId"] === value;
    case "ResourceName":
      return resourcesOf(record).some(({ ResourceName }) => ResourceName === value);
    case "ResourceType":
      return resourcesOf(record).some(({ ResourceType }) => ResourceType === value);
    default:
      throw new AwsError({
        code: "InvalidLookupAttributesException",
        status: 400,
        message: "The lookup attribute is not known.",
      });
  }
}

function shown(record: CloudTrailRecord): Input {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    EventSource: record.eventSource,
    EventTime: Date.parse(record.eventTime) / 1000,
    ReadOnly: String(record.readOnly),
    Username: usernameOf(record),
    Resources: resourcesOf(record),
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** A role session is listed under the name of its session. */
function usernameOf({ userIdentity }: CloudTrailRecord): string {
  if (userIdentity["type"] === "Root") return "root";
  const name =
    userIdentity["userName"] ??
    String(userIdentity["arn"] ?? "")
      .split("/")
      .at(-1);
  return String(name);
}

function resourcesOf(
  record: CloudTrailRecord,
): readonly { readonly ResourceType: string; readonly ResourceName: string }[] {
  const bucket = record.requestParameters?.["bucketName"];
  if (typeof bucket !== "string") return [];
  return [{ ResourceType: "AWS::S3::Bucket", ResourceName: bucket }];
}
