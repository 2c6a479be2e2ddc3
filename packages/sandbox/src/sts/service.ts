import { randomBytes } from "node:crypto";
import { isTrusted } from "../iam/authorize.ts";
import { canonicalIdOf, uniqueIdOf } from "../principal.ts";
import { AwsError } from "../wire/aws-error.ts";
import { type Input, optionalNumber, optionalText, textIn } from "../wire/input.ts";
import type { OperationCall } from "../wire/json-service.ts";
import { queryService } from "../wire/query-service.ts";

/** AWS Security Token Service. */
export const sts = queryService({
  name: "sts",
  namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  operations: {
    GetCallerIdentity: { write: false, isManagement: true, run: callerIdentity },
    // CloudTrail counts AssumeRole among the reads.
    AssumeRole: { write: false, isManagement: true, run: assumeRole },
  },
});

function callerIdentity({ call }: OperationCall): Input {
  const { principal } = call;
  switch (principal.kind) {
    case "anonymous":
      throw new AwsError({
        code: "MissingAuthenticationToken",
        status: 403,
        message: "Request is missing Authentication Token",
      });
    case "root":
      return { Arn: principal.arn, UserId: principal.account, Account: principal.account };
    case "user":
      return {
        Arn: principal.arn,
        UserId: uniqueIdOf("AIDA", principal.arn),
        Account: principal.account,
      };
    case "role-session":
      return {
        Arn: principal.arn,
        UserId: `${uniqueIdOf("AROA", principal.roleArn)}:${principal.sessionName}`,
        Account: principal.account,
      };
  }
}

const roleArnPattern = /^arn:[a-z-]+:iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/;

/** Any role can be assumed, unless the world asks for an external id that was not given. */
function assumeRole({ input, call, world }: OperationCall): Input {
  const roleArn = textIn(input, "RoleArn");
  const sessionName = textIn(input, "RoleSessionName");
  const [, account, roleName] = roleArnPattern.exec(roleArn) ?? [];
  if (account === undefined || roleName === undefined) {
    throw new AwsError({ code: "ValidationError", status: 400, message: `${roleArn} is invalid` });
  }
  const externalId = optionalText(input, "ExternalId");
  const wanted = world.externalIds.get(roleArn);
  const isStranger = wanted !== undefined && wanted !== externalId;
  if (call.principal.kind === "anonymous" || isStranger || !isTrusted(call, world, roleArn)) {
    throw new AwsError({
      code: "AccessDenied",
      status: 403,
      message: `User: ${call.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    });
  }
  const accessKey = `ASIA${randomBytes(8).toString("hex").toUpperCase()}`;
  const session = { account, accessKey, roleArn, roleName, sessionName, externalId };
  world.sessions.set(accessKey, { ...session, createdAt: call.at });
  const lifetimeSeconds = optionalNumber(input, "DurationSeconds") ?? 3600;
  return {
    Credentials: {
      AccessKeyId: accessKey,
      SecretAccessKey: canonicalIdOf(accessKey).slice(0, 40),
      SessionToken: canonicalIdOf(`token of ${accessKey}`),
      Expiration: new Date(call.at + lifetimeSeconds * 1000).toISOString(),
    },
    AssumedRoleUser: {
      Arn: `arn:aws:sts::${account}:assumed-role/${roleName}/${sessionName}`,
      AssumedRoleId: `${uniqueIdOf("AROA", roleArn)}:${sessionName}`,
    },
  };
}
