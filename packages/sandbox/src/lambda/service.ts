import type { Call, Service } from "../call.ts";
import { AwsError, notImplemented } from "../wire/aws-error.ts";
import type { Answer, WireRequest } from "../wire/request.ts";
import type { World } from "../world.ts";
import { runLater } from "./later.ts";

/** AWS Lambda, as far as calling functions that are there and waiting for their answer. */
export const lambda: Service = {
  name: "lambda",
  identify: (request) => ({
    operation: functionIn(request) === undefined ? `${request.method} ${request.path}` : "Invoke",
    write: false, // a data event, which CloudTrail leaves out
  }),
  serve: (call, world) => {
    const name = functionIn(call.request);
    if (name === undefined) throw notImplemented(`Lambda ${call.operation}`);
    return invoke(name, call, world);
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
  if (run === undefined) {
    const message = `Function not found: ${name}`;
    throw new AwsError({ code: "ResourceNotFoundException", status: 404, message });
  }
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

/** The name of the function that a request invokes, by name or by ARN. */
export function functionIn({ method, path }: WireRequest): string | undefined {
  const match = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(path);
  if (method !== "POST" || match === null) return undefined;
  return decodeURIComponent(match[1] ?? "")
    .split(":")
    .at(-1);
}
