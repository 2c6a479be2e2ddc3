import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { tryParse } from "../kernel/try-parse.ts";
import { parseAccountId, parseRegion } from "../model/ref.ts";
import type { Actor } from "../model/trigger.ts";

/**
 * No name, ARN, user agent or error message in a record of CloudTrail is longer. What is, is left out:
 * it could make a message so large that the queue refuses it, and the change would stay unseen.
 */
const longestText = 2_048;

const optionalText = z.string().max(longestText).optional().catch(undefined);
const name = z.string().max(256);

/** Only what is read is checked, and nothing that is only shown can make a record unusable. */
const recordSchema = z.object({
  eventSource: name,
  eventName: name,
  eventID: name.min(1),
  eventTime: name.catch(""),
  awsRegion: z.string(),
  sharedEventID: optionalText,
  errorCode: optionalText,
  errorMessage: optionalText,
  readOnly: z
    .union([z.boolean(), z.enum(["true", "false"])])
    .optional()
    .catch(undefined),
  recipientAccountId: optionalText,
  sourceIPAddress: optionalText,
  userAgent: optionalText,
  requestParameters: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  responseElements: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  resources: z
    .array(z.object({ accountId: optionalText, type: optionalText, ARN: optionalText }))
    .nullish()
    .catch(undefined),
  userIdentity: z
    .object({
      type: optionalText,
      arn: optionalText,
      principalId: optionalText,
      accountId: optionalText,
      invokedBy: optionalText,
      sessionContext: z
        .object({ sessionIssuer: z.object({ arn: optionalText }).optional().catch(undefined) })
        .optional()
        .catch(undefined),
    })
    .catch({}),
});

export type CloudTrailRecord = z.infer<typeof recordSchema>;

/** Which call a record is of. */
export type Call = Pick<CloudTrailRecord, "eventSource" | "eventName">;

/** One CloudTrail record, as far as it is read. Throws InputError naming the bad field. */
export function parseRecord(input: unknown, place: string): CloudTrailRecord {
  const parsed = tryParse(recordSchema, input);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new InputError({
      place: field === "" ? place : `${place}.${field}`,
      problem: "it is missing or has the wrong type, so this is not a CloudTrail record",
      remedy: "Send the record as CloudTrail wrote it.",
      cause: parsed.error,
    });
  }
  return parsed.data;
}

/** Records of before 2014 have no recipientAccountId; the caller's account is the next best. */
export function accountOf(record: CloudTrailRecord): string | undefined {
  return record.recipientAccountId ?? record.userIdentity.accountId ?? ownerOf(record);
}

/** The account of the bucket, where the record names it. */
export function ownerOf({ resources }: CloudTrailRecord): string | undefined {
  return bucketIn(resources)?.accountId;
}

/** The bucket among the resources that the record names. */
export function bucketIn(resources: CloudTrailRecord["resources"]) {
  return resources?.find(({ type }) => type === "AWS::S3::Bucket");
}

/** The call of a record, as everything that it leads to repeats it. */
export function callIn(record: CloudTrailRecord) {
  const { eventName, eventID: eventId, eventTime, sharedEventID: sharedEventId } = record;
  const shared = sharedEventId === undefined ? {} : { sharedEventId };
  return { eventName, eventId, ...shared, eventTime, actor: actorOf(record) };
}

/**
 * The account that got the record, and the Region that served the call. Throws InputError naming the
 * bad field.
 */
export function whereaboutsIn(record: CloudTrailRecord, place: string) {
  return {
    account: parseAccountId(accountOf(record) ?? "", `${place}.recipientAccountId`),
    region: parseRegion(record.awsRegion, `${place}.awsRegion`),
  };
}

function actorOf({ userIdentity, userAgent, sourceIPAddress }: CloudTrailRecord): Actor {
  const { type, arn, principalId, invokedBy, sessionContext } = userIdentity;
  const role = sessionContext?.sessionIssuer?.arn;
  return {
    arn: arn || invokedBy || principalId || "unknown",
    type: type || "Unknown",
    ...(role === undefined ? {} : { role }),
    ...(invokedBy === undefined ? {} : { invokedBy }),
    // S3 wraps the user agent in brackets.
    ...(userAgent === undefined ? {} : { userAgent: userAgent.replace(/^\[(.*)\]$/, "$1") }),
    ...(sourceIPAddress === undefined ? {} : { sourceIp: sourceIPAddress }),
  };
}
