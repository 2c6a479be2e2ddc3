import { Readable } from "node:stream";
import dynalite from "dynalite";
import type { Call, Service } from "../call.ts";
import { AwsError, notImplemented } from "../wire/aws-error.ts";
import { type Input, membersIn, optionalText, textIn } from "../wire/input.ts";
import type { Answer } from "../wire/request.ts";

/** What dynalite knows; it lacks transactions. */
const known = new Set([
  "BatchGetItem",
  "BatchWriteItem",
  "CreateTable",
  "DeleteItem",
  "DeleteTable",
  "DescribeTable",
  "GetItem",
  "ListTables",
  "ListTagsOfResource",
  "PutItem",
  "Query",
  "Scan",
  "TagResource",
  "UntagResource",
  "UpdateItem",
  "UpdateTable",
]);

/** DynamoDB by dynalite, which is driven without a socket of its own. */
export function dynamodb(): Service {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const timesToLive = new Map<string, Input>();
  return {
    name: "dynamodb",
    identify: ({ headers }) => {
      const operation = (headers["x-amz-target"] ?? "").split(".").at(-1) ?? "";
      return { operation, write: /^(Batch)?(Write|Put|Update|Delete|Create)/.test(operation) };
    },
    serve: async (call) => {
      if (call.operation === "UpdateTimeToLive") return setTimeToLive(call, timesToLive);
      if (call.operation === "DescribeTimeToLive") return timeToLive(call, timesToLive);
      if (!known.has(call.operation)) throw notImplemented(`dynamodb ${call.operation}`);
      if (call.operation === "Query") refuseEmptyKeys(inputOf(call));
      return new Promise<Answer>((resolve) => {
        server.emit("request", asIncoming(call), collector(resolve));
      });
    },
    refuse: (error, call) => ({
      status: error.status,
      headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": call.id },
      body: JSON.stringify({
        __type: `com.amazonaws.dynamodb.v20120810#${error.code}`,
        message: error.message,
      }),
    }),
  };
}

/** Remembered and shown, but nothing ever expires: DynamoDB itself may take days. */
function setTimeToLive(call: Call, timesToLive: Map<string, Input>): Answer {
  const input = inputOf(call);
  const specification = membersIn(input, "TimeToLiveSpecification");
  timesToLive.set(textIn(input, "TableName"), specification);
  return jsonAnswer({ TimeToLiveSpecification: specification });
}

function timeToLive(call: Call, timesToLive: ReadonlyMap<string, Input>): Answer {
  const { Enabled, AttributeName } = timesToLive.get(textIn(inputOf(call), "TableName")) ?? {};
  const description =
    Enabled === true
      ? { TimeToLiveStatus: "ENABLED", AttributeName }
      : { TimeToLiveStatus: "DISABLED" };
  return jsonAnswer({ TimeToLiveDescription: description });
}

/** No key is empty, so DynamoDB takes no empty value for one; dynalite does, and finds everything. */
function refuseEmptyKeys(input: Input): void {
  const words = (optionalText(input, "KeyConditionExpression") ?? "").split(/[^:\w]+/);
  const values = membersIn(input, "ExpressionAttributeValues");
  const isEmpty = (name: string) => membersIn(values, name)["S"] === "";
  if (!words.some(isEmpty)) return;
  const message = "The AttributeValue for a key attribute cannot contain an empty string value.";
  throw new AwsError({ code: "ValidationException", status: 400, message });
}

function inputOf({ request }: Call): Input {
  const body: unknown = JSON.parse(request.body.toString("utf8"));
  return membersIn({ body }, "body");
}

function jsonAnswer(body: Input): Answer {
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: JSON.stringify(body),
  };
}

/** The members of an IncomingMessage that dynalite looks at. */
function asIncoming({ request }: Call): Readable {
  const { method, path, headers, body } = request;
  return Object.assign(Readable.from(body.length === 0 ? [] : [body]), {
    method,
    url: `${path}?${request.query}`,
    headers,
  });
}

/** The members of a ServerResponse that dynalite uses. */
function collector(done: (answer: Answer) => void): object {
  const headers: Record<string, string> = {};
  const response = {
    statusCode: 200,
    contentType: "",
    setHeader: (name: string, value: unknown): void => {
      headers[name.toLowerCase()] = String(value);
    },
    end: (body: string | Buffer = ""): void => {
      done({ status: response.statusCode, headers, body });
    },
  };
  return response;
}
