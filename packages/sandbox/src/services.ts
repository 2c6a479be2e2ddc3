import type { Call, Service } from "./call.ts";
import { cloudtrail } from "./cloudtrail/service.ts";
import { cloudwatch } from "./cloudwatch/service.ts";
import { dynamodb } from "./dynamodb/service.ts";
import { events } from "./events/service.ts";
import { glacier } from "./glacier/service.ts";
import { kms } from "./kms/service.ts";
import { lambda } from "./lambda/service.ts";
import { logs } from "./logs/service.ts";
import { organizations } from "./organizations/service.ts";
import { s3 } from "./s3/service.ts";
import { isControl, s3Control } from "./s3-control/service.ts";
import { securityHub } from "./security-hub/service.ts";
import { serviceQuotas } from "./service-quotas/service.ts";
import { sns } from "./sns/service.ts";
import { sqs } from "./sqs/service.ts";
import { ssm } from "./ssm/service.ts";
import { sts } from "./sts/service.ts";
import { type AwsError, notImplemented } from "./wire/aws-error.ts";
import { queryErrorAnswer } from "./wire/query-service.ts";
import type { Answer, WireRequest } from "./wire/request.ts";

export interface Services {
  /** The service that a request is for; S3 when nothing says otherwise. */
  readonly find: (scope: string | undefined, request: WireRequest) => Service;
}

/** All services behind the one endpoint. */
export function createServices(): Services {
  const all = [
    s3,
    sts,
    kms,
    sns,
    sqs,
    ssm,
    cloudtrail,
    logs,
    cloudwatch,
    serviceQuotas,
    organizations,
    glacier,
    securityHub,
    lambda,
    events,
    dynamodb(),
  ];
  return {
    find: (scope, request) => {
      if (scope === "s3" && isControl(request)) return s3Control;
      if (scope !== undefined) return all.find(({ name }) => name === scope) ?? unknown(scope);
      // Unsigned: only S3 has anonymous calls, but a target header or a form names its service.
      const target = request.headers["x-amz-target"];
      return target === undefined ? s3 : unknown(target);
    },
  };
}

function unknown(name: string): Service {
  return {
    name: "unknown",
    identify: ({ headers, body, method, path }) => ({
      operation:
        headers["x-amz-target"]?.split(".").at(-1) ??
        new URLSearchParams(body.toString("utf8")).get("Action") ??
        `${method} ${path}`,
      write: false,
    }),
    serve: (call) => {
      throw notImplemented(`${name} ${call.operation}`);
    },
    refuse: (error, call) =>
      isForm(call.request) ? queryErrorAnswer(error, call) : jsonErrorAnswer(error, call),
  };
}

/** The protocol of an unknown service is guessed from how it was asked. */
function isForm({ headers }: WireRequest): boolean {
  return (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
}

function jsonErrorAnswer(error: AwsError, call: Call): Answer {
  return {
    status: error.status,
    headers: {
      "content-type": "application/json",
      "x-amzn-errortype": error.code,
      "x-amzn-requestid": call.id,
    },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}
