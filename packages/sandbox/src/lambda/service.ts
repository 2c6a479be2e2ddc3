import type { Call, Service } from "../call.ts";
import { AwsError, notImplemented } from "../wire/aws-error.ts";
import type { Answer, WireRequest } from "../wire/request.ts";
import type { World } from "../world.ts";
import { runLater } from "./later.ts";

/** AWS Lambda, as far as calling functions that are there, and asking how they are set up. */
export const lambda: Service = {
  name: "lambda",
  identify: (request) => ({
    operation: operationOf(request),
    write: false, // a data event, which CloudTrail leaves out
  }),
  serve: (call, world) => {
    const name = functionIn(call.request);
    if (name === undefined) throw notImplemented(`Lambda ${call.operation}`);
    return call.operation === "Invoke"
      ? invoke(name, call, world)
      : configuration(name, call, world);
  },
  refuse: ({ code, status, message }, { id }) => ({
    status,
    headers: { ...json, "x-amzn-errortype": code, "x-amzn-requestid": id },
    body: JSON.stringify({ Type: "User", Message: message }),
  }),
};

const json = { "content-type": "application/json" };

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
async function invoke(name: string, { id, request }: Call, world: World): Promise<Answer> {
  const run = world.functions.get(name);
  if (run === undefined) throw notFound(name);
  const headers = { ...json, "x-amzn-requestid": id, "x-amz-executed-version": "$LATEST" };
  const event: unknown = JSON.parse(request.body.toString("utf8") || "null");
  if (request.headers["x-amz-invocation-type"] === "Event") {
    runLater(world, name, event);
    return { status: 202, headers, body: "" };
  }
  try {
    const result = await run(event);
    return { status: 200, headers, body: JSON.stringify(result ?? null) };
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error; // handlers throw errors
    const body = JSON.stringify({ errorType, errorMessage, trace: [] });
    return { status: 200, headers: { ...headers, "x-amz-function-error": "Unhandled" }, body };
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
function configuration(name: string, { id, principal, region, at }: Call, world: World): Answer {
  const Variables = world.functionVariables.get(name);
  if (Variables === undefined) throw notFound(name);
  const body = {
    FunctionName: name,
    FunctionArn: `arn:aws:lambda:${region}:${principal.account}:function:${name}`,
    Runtime: "nodejs24.x",
    LastModified: new Date(at).toISOString().replace("Z", "+0000"),
    Environment: { Variables },
  };
  const headers = { ...json, "x-amzn-requestid": id };
  return { status: 200, headers, body: JSON.stringify(body) };
}

function notFound(name: string): AwsError {
  const message = `Function not found: ${name}`;
  return new AwsError({ code: "ResourceNotFoundException", status: 404, message });
}

const operations: Readonly<Record<string, string>> = {
  "POST invocations": "Invoke",
  "GET configuration": "GetFunctionConfiguration",
};

const paths = /^\/2015-03-31\/functions\/([^/]+)\/([^/]+)$/;

function operationOf({ method, path }: WireRequest): string {
  return operations[`${method} ${paths.exec(path)?.[2]}`] ?? `${method} ${path}`;
}

/** The name of the function that a request is about, by name or by ARN. */
export function functionIn(request: WireRequest): string | undefined {
  const name = paths.exec(request.path)?.[1];
  if (name === undefined || !Object.values(operations).includes(operationOf(request))) {
    return undefined;
  }
  return decodeURIComponent(name).split(":").at(-1);
}
