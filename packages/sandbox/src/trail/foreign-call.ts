import { randomUUID } from "node:crypto";
import { principalOf } from "../principal.ts";
import type { World } from "../world.ts";
import type { CloudTrailRecord } from "./cloudtrail-record.ts";
import { userIdentityOf } from "./record.ts";

/** A call to a service that the sandbox does not play, as its record shows it. */
export interface ForeignCall {
  /** e.g. `events.amazonaws.com` */
  readonly eventSource: string;
  readonly eventName: string;
  /** The caller, by any access key that the sandbox knows; `mallory` when left out. */
  readonly user?: string;
  readonly region?: string;
  readonly requestParameters?: CloudTrailRecord["requestParameters"];
  readonly responseElements?: CloudTrailRecord["responseElements"];
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly readOnly?: boolean;
  /** Milliseconds since 1970; now when left out. */
  readonly at?: number;
}

/** The record that CloudTrail would make of a foreign call. */
export function recordOfForeign(call: ForeignCall, world: World): CloudTrailRecord {
  const { eventSource, eventName, user = "mallory", region = world.region } = call;
  const principal = principalOf(user, world.account, world.sessions);
  return {
    eventVersion: "1.11",
    userIdentity: userIdentityOf(principal),
    eventTime: `${new Date(call.at ?? world.now()).toISOString().slice(0, 19)}Z`,
    eventSource,
    eventName,
    awsRegion: region,
    sourceIPAddress: "127.0.0.1",
    userAgent: "foreign",
    ...(call.errorCode === undefined ? {} : { errorCode: call.errorCode }),
    ...(call.errorMessage === undefined ? {} : { errorMessage: call.errorMessage }),
    requestParameters: call.requestParameters ?? null,
    responseElements: call.responseElements ?? null,
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: call.readOnly ?? false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: principal.account,
    eventCategory: "Management",
  };
}
