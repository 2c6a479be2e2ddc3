import type { ApiEvent, Call, Service, ServiceName } from "../call.ts";
import type { World } from "../world.ts";
import { AwsError, notImplemented } from "./aws-error.ts";
import type { Input } from "./input.ts";
import type { Answer } from "./request.ts";

/** What an operation of a non-S3 service is given. */
export interface OperationCall {
  readonly input: Input;
  readonly call: Call;
  readonly world: World;
}

export interface ServiceOperation {
  readonly write: boolean;
  /** False for data events, which CloudTrail leaves out unless asked. */
  readonly isManagement: boolean;
  readonly run: (on: OperationCall) => Input | Promise<Input>;
}

/** A service that speaks JSON with `x-amz-target: Prefix.Operation`. */
export function jsonService(definition: {
  readonly name: ServiceName;
  readonly contentType: "application/x-amz-json-1.0" | "application/x-amz-json-1.1";
  readonly operations: Readonly<Record<string, ServiceOperation>>;
  /** Error code to what `x-amzn-query-error` calls it, for services that moved from the query protocol. */
  readonly queryErrors?: Readonly<Record<string, string>>;
}): Service {
  const { name, contentType, operations } = definition;
  const answer = (status: number, body: Input, headers: Answer["headers"]): Answer => ({
    status,
    headers: { "content-type": contentType, ...headers },
    body: JSON.stringify(body),
  });
  return {
    name,
    identify: ({ headers }) => {
      const operation = (headers["x-amz-target"] ?? "").split(".").at(-1) ?? "";
      return { operation, write: operationIn(operations, operation)?.write ?? false };
    },
    serve: async (call, world) => {
      const operation = operationIn(operations, call.operation);
      if (operation === undefined) throw notImplemented(`${name} ${call.operation}`);
      const output = await operation.run({ input: jsonInput(call), call, world });
      return answer(200, output, { "x-amzn-requestid": call.id });
    },
    refuse: (error, call) =>
      answer(
        error.status,
        { __type: error.code, message: error.message },
        { "x-amzn-requestid": call.id, ...queryError(error, definition.queryErrors) },
      ),
    event: (call) => eventOf(name, operations, call, parsedBody(call) ?? {}),
  };
}

/** The operation called `name`; a name like `constructor` finds nothing. */
export function operationIn(
  operations: Readonly<Record<string, ServiceOperation>>,
  name: string,
): ServiceOperation | undefined {
  return Object.hasOwn(operations, name) ? operations[name] : undefined;
}

/** The CloudTrail side of a management call of a service that is not S3. */
export function eventOf(
  service: ServiceName,
  operations: Readonly<Record<string, ServiceOperation>>,
  call: Call,
  input: Input,
): ApiEvent | undefined {
  if (operationIn(operations, call.operation)?.isManagement !== true) return undefined;
  const parameters = Object.entries(input).map(([name, value]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    value,
  ]);
  return {
    eventName: call.operation,
    eventSource: `${service}.amazonaws.com`,
    requestParameters: Object.fromEntries(parameters),
  };
}

function queryError(
  error: AwsError,
  names: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const name = names?.[error.code.replace(/^.*#/, "")];
  return name === undefined ? {} : { "x-amzn-query-error": `${name};Sender` };
}

function jsonInput(call: Call): Input {
  const input = parsedBody(call);
  if (input !== undefined) return input;
  throw new AwsError({
    code: "SerializationException",
    status: 400,
    message: "The request body is not a JSON object.",
  });
}

function parsedBody({ request }: Call): Input | undefined {
  const text = request.body.toString("utf8");
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? { ...value } : undefined;
  } catch {
    return undefined; // not JSON at all, which is refused like JSON that is no object
  }
}
