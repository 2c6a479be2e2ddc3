import { randomUUID } from "node:crypto";
import type { ApiEvent, Call } from "../call.ts";
import { canonicalIdOf, type Principal, uniqueIdOf } from "../principal.ts";
import { credentialOf } from "../wire/credential.ts";
import type { CloudTrailRecord } from "./cloudtrail-record.ts";

/** The error that a call ended in. */
export interface CallFailure {
  readonly code: string;
  readonly message: string;
}

/**
 * The records of one call: one for the caller's account and, when another account owns the resource,
 * one for the owner, joined by `sharedEventID`.
 */
export function recordsOf(
  call: Call,
  event: ApiEvent,
  failure: CallFailure | undefined,
): readonly CloudTrailRecord[] {
  const caller = call.principal.account;
  const accounts = [...new Set([caller, event.owner ?? caller])].filter((id) => id !== "");
  const shared = accounts.length > 1 ? { sharedEventID: randomUUID() } : {};
  return accounts.map((account) => ({
    ...recordOf(call, event, failure),
    ...shared,
    ...forAccount(account),
  }));
}

function forAccount(account: string): { recipientAccountId: string; eventID: string } {
  return { recipientAccountId: account, eventID: randomUUID() };
}

function recordOf(
  call: Call,
  event: ApiEvent,
  failure: CallFailure | undefined,
): Omit<CloudTrailRecord, "recipientAccountId" | "eventID"> {
  const { request } = call;
  const agent = request.headers["user-agent"] ?? "";
  return {
    eventVersion: "1.11",
    userIdentity: userIdentityOf(call.principal),
    eventTime: `${new Date(call.at).toISOString().slice(0, 19)}Z`,
    eventSource: event.eventSource,
    eventName: event.eventName,
    awsRegion: event.region ?? call.region,
    sourceIPAddress: request.sourceIp.replace(/^::ffff:/, ""),
    // Only S3 wraps the agent in brackets.
    userAgent: isS3(call) ? `[${agent}]` : agent,
    ...(failure === undefined ? {} : { errorCode: failure.code, errorMessage: failure.message }),
    requestParameters: hidesParameters(call, failure) ? null : event.requestParameters,
    responseElements: null,
    ...(isS3(call) ? { additionalEventData: transportOf(call) } : {}),
    requestID: call.id,
    readOnly: !call.write,
    ...resourcesOf(event, failure),
    eventType: "AwsApiCall",
    managementEvent: true,
    eventCategory: "Management",
  };
}

function isS3({ service }: Call): boolean {
  return service === "s3" || service === "s3-control";
}

/** On a denied call S3 still shows what was asked; other services do not. */
function hidesParameters(call: Call, failure: CallFailure | undefined): boolean {
  return !isS3(call) && failure !== undefined && /AccessDenied/.test(failure.code);
}

function resourcesOf(
  event: ApiEvent,
  failure: CallFailure | undefined,
): Pick<CloudTrailRecord, "resources"> {
  const { resource, owner } = event;
  // S3 leaves the list out of most failed calls: nothing vouches for the resource then.
  if (resource === undefined || owner === undefined || failure !== undefined) return {};
  return { resources: [{ accountId: owner, type: resource.type, ARN: resource.arn }] };
}

function transportOf({ request, id }: Call): Readonly<Record<string, unknown>> {
  const credential = credentialOf(request);
  return {
    ...(credential === undefined ? {} : { SignatureVersion: "SigV4" }),
    bytesTransferredIn: request.body.length,
    ...(credential === undefined
      ? {}
      : { AuthenticationMethod: credential.signed === "header" ? "AuthHeader" : "QueryString" }),
    "x-amz-id-2": canonicalIdOf(id),
    bytesTransferredOut: 0,
  };
}

/** How CloudTrail names a caller. */
export function userIdentityOf(principal: Principal): Readonly<Record<string, unknown>> {
  switch (principal.kind) {
    case "anonymous":
      return { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" };
    case "root":
      return {
        type: "Root",
        principalId: principal.account,
        arn: principal.arn,
        accountId: principal.account,
        accessKeyId: principal.accessKey,
      };
    case "user":
      return {
        type: "IAMUser",
        principalId: uniqueIdOf("AIDA", principal.arn),
        arn: principal.arn,
        accountId: principal.account,
        accessKeyId: principal.accessKey,
        userName: principal.userName,
      };
    case "role-session":
      return sessionIdentityOf(principal);
  }
}

function sessionIdentityOf(
  session: Extract<Principal, { kind: "role-session" }>,
): Readonly<Record<string, unknown>> {
  const roleId = uniqueIdOf("AROA", session.roleArn);
  return {
    type: "AssumedRole",
    principalId: `${roleId}:${session.sessionName}`,
    arn: session.arn,
    accountId: session.account,
    accessKeyId: session.accessKey,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: roleId,
        arn: session.roleArn,
        accountId: session.account,
        userName: session.roleName,
      },
      attributes: {
        creationDate: `${new Date(session.createdAt).toISOString().slice(0, 19)}Z`,
        mfaAuthenticated: "false",
      },
    },
  };
}
