import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { tryParse } from "../kernel/try-parse.ts";
import type { Alarm } from "../model/alarm.ts";
import { type OtherKind, otherKindFrom, otherKindOf } from "../model/bucket-kind.ts";
import type { Facet } from "../model/facets.ts";
import { bucketNamedBy, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { ConfigChange } from "../model/trigger.ts";
import { deliveryChangeIn } from "./delivery-change.ts";
import { keyChangeIn } from "./key-change.ts";
import { otherChangeIn } from "./other-change.ts";
import { policyClaimIn } from "./policy-claim.ts";
import {
  accountOf,
  bucketIn,
  type CloudTrailRecord,
  callIn,
  ownerOf,
  parseRecord,
} from "./record.ts";
import { hear } from "./tamper/alarm.ts";
import type { OwnResources } from "./tamper/own-resources.ts";
import { facetsTouchedBy, isAboutAccount } from "./touched.ts";
import { trailChangeIn } from "./trail-change.ts";

/** What a CloudTrail record leads to. `reason` is one of a few sentences, so it can be counted. */
export type Received =
  | { readonly kind: "trigger"; readonly trigger: ConfigChange; readonly alarm?: Alarm }
  | { readonly kind: "alarm"; readonly alarm: Alarm }
  | { readonly kind: "ignored"; readonly reason: string; readonly eventName: string };

/** CloudTrail Insights write records of their own kind into the same log files. */
export const insightType = "AwsCloudTrailInsight";
const insight = z.object({ eventType: z.literal(insightType) });

const envelopeSchema = z.object({
  "detail-type": z.string(),
  detail: z.unknown(),
  source: z.string().optional(),
  account: z.string().optional(),
});

/**
 * Reads the envelope that EventBridge delivers; `own` is what raises an alarm when it is touched.
 * Throws InputError when it is not one.
 */
export function receiveEvent(event: unknown, own: OwnResources = []): Received {
  const envelope = tryParse(envelopeSchema, event);
  if (!envelope.success) {
    throw new InputError({
      place: "event",
      problem: "it has no detail-type and detail",
      remedy: "Send what EventBridge delivers for `AWS API Call via CloudTrail`.",
      cause: envelope.error,
    });
  }
  if (envelope.data["detail-type"] !== "AWS API Call via CloudTrail") {
    return { kind: "ignored", reason: notRecorded, eventName: "" };
  }
  requireGenuine(envelope.data);
  return receiveRecord(envelope.data.detail, "event.detail", own);
}

const recipient = z.object({ recipientAccountId: z.string() });

/**
 * EventBridge itself fills in the account of an event, and lets nobody but AWS send one whose source
 * begins with `aws.`; the detail is whatever its sender wrote. The rules let nothing else through, and
 * where they are wrong nobody shall speak for another account.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
 */
function requireGenuine({ source, account, detail }: z.infer<typeof envelopeSchema>): void {
  if (source !== undefined && !source.startsWith("aws.")) {
    throw forged("event.source", `${JSON.stringify(source)} is not a service of AWS`);
  }
  const named = tryParse(recipient, detail).data?.recipientAccountId;
  if (account === undefined || named === undefined || named === account) return;
  const problem = `it is of ${JSON.stringify(named)}, but the event was sent by ${account}`;
  throw forged("event.detail.recipientAccountId", problem);
}

function forged(place: string, problem: string): InputError {
  return new InputError({
    place,
    problem,
    remedy: "Look who may put events on the bus: CloudTrail did not write this one.",
  });
}

/** Reads one CloudTrail record, old or new generation. Throws InputError naming the bad field. */
export function receiveRecord(input: unknown, place: string, own: OwnResources = []): Received {
  if (tryParse(insight, input).success) {
    return { kind: "ignored", reason: notRecorded, eventName: "" };
  }
  const record = parseRecord(input, place);
  const heard = hear(record, own, place);
  const changed = changeIn(record, place);
  if (changed.kind === "ignored" && heard?.kind === "harmless") {
    return { ...changed, reason: heard.reason };
  }
  if (heard?.kind !== "alarm") return changed;
  return changed.kind === "ignored" ? heard : { ...changed, alarm: heard.alarm };
}

function changeIn(
  record: CloudTrailRecord,
  place: string,
): Exclude<Received, { readonly kind: "alarm" }> {
  const elsewhere =
    trailChangeIn(record, place) ??
    keyChangeIn(record, place) ??
    deliveryChangeIn(record, place) ??
    otherChangeIn(record, place);
  if (elsewhere !== undefined) return { kind: "trigger", trigger: elsewhere };
  const touches = facetsTouchedBy(record.eventName);
  const reason = reasonToIgnore(record, touches);
  if (reason !== undefined || touches === undefined) {
    return { kind: "ignored", reason: reason ?? unknownCall, eventName: record.eventName };
  }
  return { kind: "trigger", trigger: triggerFrom(record, touches, place) };
}

export const notRecorded = "not a recorded API call";
export const notS3 = "not an S3 call";
export const readOnlyCall = "read-only call";
export const unknownCall = "not a call that changes the configuration of a bucket";

function reasonToIgnore(
  record: CloudTrailRecord,
  touches: readonly Facet[] | "all" | undefined,
): string | undefined {
  const otherSource = otherKindFrom(record.eventSource);
  if (otherSource !== undefined) return notJudged(otherSource);
  if (record.eventSource !== "s3.amazonaws.com") return notS3;
  if (record.readOnly === true || record.readOnly === "true") return readOnlyCall;
  if (touches === undefined) return unknownCall;
  if (record.errorCode !== undefined) return "the call failed, so nothing changed";
  if (touches.length === 0) return `${record.eventName} changes nothing that a control reads`;
  return subjectToIgnore(record, touches);
}

/** The same for what the call is about. */
function subjectToIgnore(
  record: CloudTrailRecord,
  touches: readonly Facet[] | "all",
): string | undefined {
  if (isAboutAccount(record.eventName)) return undefined;
  const named = bucketNameOf(record) ?? accessPointIn(record, touches);
  const other = otherKindOf(named ?? arnIn(record) ?? "");
  if (other !== undefined) return notJudged(other);
  if (named === undefined) return "the call names no bucket";
  const owner = ownerOf(record);
  if (owner !== undefined && owner !== accountOf(record)) {
    return "the bucket belongs to another account, which gets its own copy of the record";
  }
  if (isForAnotherAccount(record)) {
    return "the access point is for a bucket of another account, which cannot list it";
  }
  return undefined;
}

/** A record may hold an account id as a number. */
function isForAnotherAccount(record: CloudTrailRecord): boolean {
  const { CreateAccessPointRequest: body } = record.requestParameters ?? {};
  if (typeof body !== "object" || body === null || !("BucketAccountId" in body)) return false;
  const { BucketAccountId: id } = body;
  if (typeof id !== "string" && typeof id !== "number") return false;
  const owner = String(id);
  return /^\d+$/.test(owner) && owner.padStart(12, "0") !== accountOf(record);
}

function triggerFrom(
  record: CloudTrailRecord,
  touches: readonly Facet[] | "all",
  place: string,
): ConfigChange {
  return {
    kind: "config-change",
    ...callIn(record),
    ...subjectOf(record, touches, place),
    touches,
    ...policyClaimIn(record),
  };
}

function subjectOf(
  record: CloudTrailRecord,
  touches: readonly Facet[] | "all",
  place: string,
): Pick<ConfigChange, "on" | "behind"> {
  const at = {
    account: parseAccountId(accountOf(record) ?? "", `${place}.recipientAccountId`),
    region: parseRegion(regionOf(record), `${place}.awsRegion`),
  };
  if (isAboutAccount(record.eventName)) return { on: { kind: "account", ...at } };
  const bucket = bucketNameOf(record);
  const accessPoint = accessPointIn(record, touches);
  if (bucket === undefined && accessPoint !== undefined) {
    return { on: { kind: "region", ...at }, behind: { kind: "access-point", name: accessPoint } };
  }
  const name = parseBucketName(bucket ?? "", `${place}.requestParameters.bucketName`);
  return { on: { kind: "bucket", name, ...at } };
}

function notJudged({ what, why }: OtherKind): string {
  return `${what}, which is not judged: ${why}`;
}

/** CloudTrail omits requestParameters of more than 100 KB; `resources` still names the bucket. */
function bucketNameOf(record: CloudTrailRecord): string | undefined {
  const { bucketName, CreateAccessPointRequest: body } = record.requestParameters ?? {};
  if (typeof bucketName === "string" && bucketName !== "") return bucketName;
  if (typeof body === "object" && body !== null && "Bucket" in body && isText(body.Bucket)) {
    return body.Bucket;
  }
  return bucketNamedBy(arnIn(record) ?? "");
}

/** The access point that a call on one names; after it is made, that is all that S3 Control is told. */
function accessPointIn(
  { requestParameters }: CloudTrailRecord,
  touches: readonly Facet[] | "all",
): string | undefined {
  if (touches === "all" || !touches.includes("accessPoints")) return undefined;
  const { name, Name, accessPointName } = requestParameters ?? {};
  return [name, Name, accessPointName].filter(isText).find((it) => it !== "");
}

/** Calls of S3 Control on tags name what they are about by its ARN, in one or the other case. */
function arnIn({ requestParameters, resources }: CloudTrailRecord): string | undefined {
  const { resourceArn, ResourceArn } = requestParameters ?? {};
  return [bucketIn(resources)?.ARN, resourceArn, ResourceArn].find(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** A bucket may be created through another region's endpoint; then the body says where it lives. */
function regionOf({ awsRegion, requestParameters }: CloudTrailRecord): string {
  const body = requestParameters?.["CreateBucketConfiguration"];
  if (typeof body !== "object" || body === null || !("LocationConstraint" in body))
    return awsRegion;
  const constraint = body.LocationConstraint;
  if (typeof constraint !== "string" || constraint === "") return awsRegion;
  return constraint === "EU" ? "eu-west-1" : constraint;
}
