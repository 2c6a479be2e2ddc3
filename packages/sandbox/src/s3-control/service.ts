import type { ApiEvent, Call, Service } from "../call.ts";
import { s3Error } from "../s3/errors.ts";
import { bodyOf } from "../s3/event.ts";
import { type AwsError, notImplemented } from "../wire/aws-error.ts";
import type { Answer, WireRequest } from "../wire/request.ts";
import { printXml } from "../wire/xml.ts";
import { accessPointPolicyOperations } from "./access-point-policy.ts";
import { accessPointOperations } from "./access-points.ts";
import { multiRegionOperations } from "./multi-region.ts";
import { objectLambdaOperations } from "./object-lambda.ts";
import type { ControlCall, ControlOperation } from "./operation.ts";
import { publicAccessBlockOperations } from "./public-access-block.ts";
import { tagOperations } from "./tags.ts";

const operations: ReadonlyMap<string, ControlOperation> = new Map(
  Object.entries({
    ...publicAccessBlockOperations,
    ...accessPointOperations,
    ...accessPointPolicyOperations,
    ...objectLambdaOperations,
    ...multiRegionOperations,
    ...tagOperations,
  }),
);

/** S3 Control shares the signing name with S3; the account in a header tells the two apart. */
export function isControl({ headers }: WireRequest): boolean {
  return headers["x-amz-account-id"] !== undefined;
}

/** S3 Control: what an account has beside its buckets. */
export const s3Control: Service = {
  name: "s3-control",
  identify: (request) => {
    const { method, path, query } = request;
    const known = [...operations].find(([, it]) => partsOf(it, request) !== undefined);
    const bucket = query.get("bucket");
    return {
      operation: known?.[0] ?? `${method} ${path}`,
      ...(bucket === null ? {} : { bucket }),
      write: method !== "GET",
    };
  },
  serve: (call, world) => {
    const operation = operations.get(call.operation);
    if (operation === undefined) throw notImplemented(`S3 Control ${call.operation}`);
    const account = accountOf(call);
    refuseForeignCaller(call, account);
    const parts = partsOf(operation, call.request) ?? {};
    return withIds(operation.serve({ call, world, account, parts }), call);
  },
  refuse: (error, call) => withIds(errorAnswer(error, call), call),
  event: eventOf,
};

/** The named parts of the path, or undefined when the request is for another operation. */
function partsOf(
  { method, path }: ControlOperation,
  request: WireRequest,
): ControlCall["parts"] | undefined {
  if (request.method !== method) return undefined;
  const wanted = `/v20180820${path}`.split("/");
  const given = request.path.split("/");
  if (wanted.length !== given.length) return undefined;
  const pairs = wanted.map((part, place) => [part, given[place] ?? ""] as const);
  if (pairs.some(([part, text]) => !isName(part) && part !== text)) return undefined;
  const named = pairs.filter(([part]) => isName(part));
  return Object.fromEntries(
    named.map(([part, text]) => [part.slice(1, -1), decodeURIComponent(text)]),
  );
}

function isName(part: string): boolean {
  return part.startsWith("{");
}

function accountOf({ request }: Call): string {
  return request.headers["x-amz-account-id"] ?? "";
}

function refuseForeignCaller({ principal }: Call, account: string): void {
  if (principal.account !== account) throw s3Error("AccessDenied");
}

function eventOf(call: Call): ApiEvent | undefined {
  const operation = operations.get(call.operation);
  if (operation === undefined) return undefined;
  const { eventName = call.operation, shows, region } = operation;
  const account = accountOf(call);
  return {
    eventName,
    eventSource: "s3.amazonaws.com",
    requestParameters: {
      ...bodyOf(call),
      Host: `${account}.s3-control.${call.region}.amazonaws.com`,
      ...shows?.(partsOf(operation, call.request) ?? {}),
    },
    owner: account,
    ...(region === undefined ? {} : { region }),
  };
}

function withIds(answer: Answer, call: Call): Answer {
  return { ...answer, headers: { "x-amz-request-id": call.id, ...answer.headers } };
}

/** Unlike S3, S3 Control wraps its errors. */
function errorAnswer({ code, message, members, status, headers }: AwsError, call: Call): Answer {
  const document = { Error: { Code: code, Message: message, ...members }, RequestId: call.id };
  return {
    status,
    headers: { "content-type": "application/xml", ...headers },
    body: printXml("ErrorResponse", document),
  };
}
