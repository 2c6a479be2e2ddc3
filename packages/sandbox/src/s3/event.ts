import type { ApiEvent, Call } from "../call.ts";
import { parseXml, type XmlElement, type XmlValue } from "../wire/xml.ts";
import type { World } from "../world.ts";
import { subResources } from "./sub-resources.ts";

/**
 * How S3 shows a call in CloudTrail, or undefined for what is a data event.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
export function eventOfS3(
  call: Call,
  world: World,
  ownerBefore: string | undefined,
): ApiEvent | undefined {
  if (isDataEvent(call)) return undefined;
  const owner = world.buckets.get(call.bucket ?? "")?.account ?? ownerBefore;
  return {
    eventName: eventNames[call.operation] ?? call.operation,
    eventSource: "s3.amazonaws.com",
    requestParameters: requestParametersOf(call),
    ...(owner === undefined ? {} : { owner }),
    // CreateBucket has no resources: when the call began there was none.
    ...(call.bucket === undefined || call.operation === "CreateBucket"
      ? {}
      : { resource: { type: "AWS::S3::Bucket", arn: `arn:aws:s3:::${call.bucket}` } }),
  };
}

function isDataEvent({ operation }: Call): boolean {
  return /Object(s|sV2)?$/.test(operation) || operation === "HeadBucket" || operation.includes(" ");
}

/** API operation to event name, where they differ. */
const eventNames: Readonly<Record<string, string>> = Object.fromEntries(
  subResources.flatMap(({ api, events }) => [
    ...(events?.get === undefined ? [] : [[api.get, events.get]]),
    ...(events?.put === undefined ? [] : [[api.put, events.put]]),
    ...(events?.delete === undefined || api.delete === undefined
      ? []
      : [[api.delete, events.delete]]),
  ]),
);

const shownHeaders = [
  "x-amz-acl",
  "x-amz-object-ownership",
  "x-amz-bucket-object-lock-enabled",
  "x-amz-expected-bucket-owner",
];

function requestParametersOf(call: Call): Readonly<Record<string, unknown>> {
  const { headers, query } = call.request;
  const markers = [...query].filter(([name]) => !/^x-(id|amz-)/i.test(name));
  const shown = shownHeaders.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...bodyOf(call),
    ...(call.bucket === undefined ? {} : { bucketName: call.bucket }),
    Host: headers["host"] ?? "",
    ...Object.fromEntries(markers),
    ...Object.fromEntries(shown),
  };
}

/** A policy as the object that it is; XML with single elements as objects and scalars typed. */
export function bodyOf(call: Call): Readonly<Record<string, unknown>> {
  const text = call.request.body.toString("utf8");
  if (text === "") return {};
  if (call.operation === "PutBucketPolicy") {
    const policy = parsedJson(text);
    return policy === undefined ? {} : { bucketPolicy: policy };
  }
  const parsed = parseXml(text);
  return parsed === undefined ? {} : { [parsed.root]: jsonOf(parsed.body) };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // S3 refused the call; the record goes without the body
  }
}

function jsonOf(value: XmlValue): unknown {
  if (typeof value === "string") return scalarOf(value);
  if (Array.isArray(value)) return value.map(jsonOf);
  const members = Object.entries(value as XmlElement); // neither text nor list
  const [only] = members;
  if (members.length === 1 && only?.[0] === "#text") return jsonOf(only[1]);
  return Object.fromEntries(
    members.map(([name, member]) => [name.replace(/^@/, ""), jsonOf(member)]),
  );
}

function scalarOf(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : text;
}
