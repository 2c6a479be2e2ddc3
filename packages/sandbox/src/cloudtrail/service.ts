import type { CloudTrailRecord } from "../trail/cloudtrail-record.ts";
import { AwsError } from "../wire/aws-error.ts";
import { type Input, listIn, optionalNumber, optionalText, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall } from "../wire/json-service.ts";
import type { Trail } from "./trail.ts";

/** AWS CloudTrail: event history, and whether trails log. */
export const cloudtrail = jsonService({
  name: "cloudtrail",
  contentType: "application/x-amz-json-1.1",
  operations: {
    LookupEvents: { write: false, isManagement: true, run: lookupEvents },
    DescribeTrails: { write: false, isManagement: true, run: describeTrails },
    ListTrails: { write: false, isManagement: true, run: listTrails },
    GetTrailStatus: { write: false, isManagement: true, run: trailStatus },
    StartLogging: { write: true, isManagement: true, run: startLogging },
    StopLogging: { write: true, isManagement: true, run: stopLogging },
  },
});

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
function lookupEvents({ input, call, world }: OperationCall): Input {
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
      throw trailError("InvalidLookupAttributesException", "The lookup attribute is not known.");
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

function visibleTrails({ call, world }: OperationCall): readonly Trail[] {
  return [...world.trails.values()].filter(
    (trail) => trail.isOrganizationTrail || trail.account === call.principal.account,
  );
}

function describeTrails(on: OperationCall): Input {
  const asked = on.input["trailNameList"];
  const names: readonly unknown[] = Array.isArray(asked) ? asked : [];
  const trails = visibleTrails(on).filter(
    ({ name, arn }) => names.length === 0 || names.includes(name) || names.includes(arn),
  );
  return {
    trailList: trails.map((trail) => ({
      Name: trail.name,
      TrailARN: trail.arn,
      HomeRegion: trail.homeRegion,
      S3BucketName: trail.bucket,
      IncludeGlobalServiceEvents: true,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: trail.isOrganizationTrail,
      LogFileValidationEnabled: true,
      HasCustomEventSelectors: false,
      HasInsightSelectors: false,
    })),
  };
}

function listTrails(on: OperationCall): Input {
  return {
    Trails: visibleTrails(on).map(({ name, arn, homeRegion }) => ({
      Name: name,
      TrailARN: arn,
      HomeRegion: homeRegion,
    })),
  };
}

function trailStatus(on: OperationCall): Input {
  const trail = trailOf(on);
  return {
    IsLogging: trail.logging,
    StartLoggingTime: trail.startedAt / 1000,
    ...(trail.stoppedAt === undefined ? {} : { StopLoggingTime: trail.stoppedAt / 1000 }),
  };
}

function startLogging(on: OperationCall): Input {
  const trail = trailOf(on);
  trail.logging = true;
  trail.startedAt = on.call.at;
  return {};
}

function stopLogging(on: OperationCall): Input {
  const trail = trailOf(on);
  trail.logging = false;
  trail.stoppedAt = on.call.at;
  return {};
}

function trailOf(on: OperationCall): Trail {
  const name = textIn(on.input, "Name");
  const trail = visibleTrails(on).find((candidate) =>
    [candidate.name, candidate.arn].includes(name),
  );
  if (trail === undefined) {
    throw trailError(
      "TrailNotFoundException",
      `Unknown trail: ${name} for the user: ${on.call.principal.account}`,
    );
  }
  return trail;
}

function trailError(code: string, message: string): AwsError {
  return new AwsError({ code, status: 400, message });
}
