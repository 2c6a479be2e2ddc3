import type { Call, Service, ServiceName } from "../call.ts";
import { type AwsError, notImplemented } from "./aws-error.ts";
import type { Input } from "./input.ts";
import { eventOf, operationIn, type ServiceOperation } from "./json-service.ts";
import type { Answer } from "./request.ts";
import { printXml, type XmlElement, type XmlValue } from "./xml.ts";

/** A service that speaks the query protocol: `Action=…` in a form, XML back. */
export function queryService(definition: {
  readonly name: ServiceName;
  readonly namespace: string;
  readonly operations: Readonly<Record<string, ServiceOperation>>;
}): Service {
  const { name, namespace, operations } = definition;
  const answer = (status: number, root: string, body: XmlElement, call: Call): Answer => ({
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": call.id },
    body: printXml(root, body, namespace),
  });
  return {
    name,
    identify: (request) => {
      const operation = parametersOf(request).get("Action") ?? "";
      return { operation, write: operationIn(operations, operation)?.write ?? false };
    },
    serve: async (call, world) => {
      const operation = operationIn(operations, call.operation);
      if (operation === undefined) throw notImplemented(`${name} ${call.operation}`);
      const output = await operation.run({ input: formInput(call), call, world });
      const result = { [`${call.operation}Result`]: xmlOf(output) };
      const metadata = { ResponseMetadata: { RequestId: call.id } };
      return answer(200, `${call.operation}Response`, { ...result, ...metadata }, call);
    },
    refuse: (error, call) => queryErrorAnswer(error, call, namespace),
    event: (call) => eventOf(name, operations, call, formInput(call)),
  };
}

/** An error in the query protocol. */
export function queryErrorAnswer(error: AwsError, call: Call, namespace?: string): Answer {
  const document = {
    Error: {
      Type: error.status < 500 ? "Sender" : "Receiver",
      Code: error.code,
      Message: error.message,
    },
    RequestId: call.id,
  };
  return {
    status: error.status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": call.id },
    body: printXml("ErrorResponse", document, namespace),
  };
}

function parametersOf({ query, body }: Call["request"]): URLSearchParams {
  return body.length > 0 ? new URLSearchParams(body.toString("utf8")) : query;
}

/**
 * `A.entry.1.Name=x` becomes `{ A: [{ Name: "x" }] }`; `Value.DataType` becomes nested members.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests.html
 */
function formInput(call: Call): Input {
  const root: Record<string, unknown> = {};
  for (const [name, value] of parametersOf(call.request)) {
    if (name !== "Action" && name !== "Version") place(root, name.split("."), value);
  }
  return listed(root);
}

function place(into: Record<string, unknown>, path: readonly string[], value: string): void {
  const [head = "", ...rest] = path;
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const existing = into[head];
  const child: Record<string, unknown> =
    typeof existing === "object" && existing !== null ? { ...existing } : {};
  place(child, rest, value);
  into[head] = child;
}

/** Turns `{ entry: { 1: x, 2: y } }` and `{ member: … }` into lists, at every depth. */
function listed(members: Readonly<Record<string, unknown>>): Input {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, unfold(value)]));
}

function unfold(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const members: Readonly<Record<string, unknown>> = { ...value };
  const inner = members["entry"] ?? members["member"] ?? value;
  const items = Object.entries(typeof inner === "object" && inner !== null ? inner : {});
  if (items.length > 0 && items.every(([name]) => /^\d+$/.test(name))) {
    return items.sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => unfold(item));
  }
  return listed(members);
}

/** Lists print as `<Name><member>…</member></Name>`. */
function xmlOf(output: Input): XmlElement {
  const members = Object.entries(output).flatMap(([name, value]): [string, XmlValue][] =>
    value === undefined ? [] : [[name, xmlValueOf(value)]],
  );
  return Object.fromEntries(members);
}

function xmlValueOf(value: unknown): XmlValue {
  if (Array.isArray(value)) return { member: value.map(xmlValueOf) };
  if (typeof value === "object" && value !== null) return xmlOf({ ...value });
  return String(value);
}
