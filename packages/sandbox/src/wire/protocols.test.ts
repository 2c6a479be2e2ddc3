import { expect, test } from "vitest";
import type { Call, Service } from "../call.ts";
import { anonymous } from "../principal.ts";
import { createWorld } from "../world.ts";
import { AwsError } from "./aws-error.ts";
import type { Input } from "./input.ts";
import { jsonService, type ServiceOperation } from "./json-service.ts";
import { queryService } from "./query-service.ts";
import type { Answer, WireRequest } from "./request.ts";

const world = createWorld({ account: "111122223333", region: "us-east-1", now: () => 0 });

/** Answers with its input, so that a test sees how the request was read. */
const echo: ServiceOperation = {
  write: true,
  isManagement: true,
  run: ({ input }) => ({ Got: JSON.stringify(input), List: ["a", "b"], Deep: { N: 1 } }),
};
const refuse: ServiceOperation = {
  write: false,
  isManagement: false,
  run: () => {
    throw new AwsError({ code: "com.example#NoSuchThing", status: 400, message: "no <thing>" });
  },
};
const operations = { Echo: echo, Refuse: refuse };
const json = jsonService({
  name: "sqs",
  contentType: "application/x-amz-json-1.0",
  operations,
  queryErrors: { NoSuchThing: "Example.NonExistent" },
});
const query = queryService({ name: "sns", namespace: "urn:sns", operations });

function request(body: string, headers: Record<string, string> = {}): WireRequest {
  return {
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers,
    body: Buffer.from(body),
    sourceIp: "127.0.0.1",
  };
}

/** Serves a request as the server does. */
async function ask(service: Service, wire: WireRequest): Promise<Answer> {
  const call = callOf(service, wire);
  try {
    return await service.serve(call, world);
  } catch (error) {
    if (error instanceof AwsError) return service.refuse(error, call);
    throw error;
  }
}

function callOf(service: Service, wire: WireRequest): Call {
  return {
    ...service.identify(wire),
    id: "R1",
    at: 0,
    service: service.name,
    principal: anonymous,
    region: "us-east-1",
    request: wire,
  };
}

const target = (operation: string) => ({ "x-amz-target": `Prefix_1.${operation}` });

test("JSON goes in and out", async () => {
  const answer = await ask(json, request('{"A":[1,{"B":null}]}', target("Echo")));
  expect(answer).toEqual({
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "R1" },
    body: JSON.stringify({ Got: '{"A":[1,{"B":null}]}', List: ["a", "b"], Deep: { N: 1 } }),
  });
});

test("an error in JSON names its type, and its name in the old protocol", async () => {
  const answer = await ask(json, request("{}", target("Refuse")));
  expect(answer).toEqual({
    status: 400,
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-requestid": "R1",
      "x-amzn-query-error": "Example.NonExistent;Sender",
    },
    body: '{"__type":"com.example#NoSuchThing","message":"no <thing>"}',
  });
});

test.each(["{", "[]", '"x"', "null"])("the body %j is no JSON object", async (body) => {
  const answer = await ask(json, request(body, target("Echo")));
  expect([answer.status, answer.body]).toEqual([
    400,
    '{"__type":"SerializationException","message":"The request body is not a JSON object."}',
  ]);
});

test.each(["constructor", "Nothing", ""])("there is no operation %j", async (operation) => {
  const answer = await ask(json, request("{}", target(operation)));
  expect([answer.status, answer.body]).toEqual([
    501,
    `{"__type":"NotImplemented","message":"The sandbox does not implement sqs ${operation}."}`,
  ]);
});

const forms: readonly [string, string, Input][] = [
  ["plain parameters", "Name=a+b%26c", { Name: "a b&c" }],
  ["members", "Tags.member.2=y&Tags.member.1=x", { Tags: ["x", "y"] }],
  [
    "entries of objects",
    "Attributes.entry.1.Name=n&Attributes.entry.1.Value.DataType=String&Attributes.entry.1.Value.StringValue=v",
    { Attributes: [{ Name: "n", Value: { DataType: "String", StringValue: "v" } }] },
  ],
  ["flat lists", "Id.1=x&Id.2=y", { Id: ["x", "y"] }],
  [
    "eleven members in order",
    Array.from({ length: 11 }, (_, i) => `L.member.${i + 1}=${i}`).join("&"),
    { L: Array.from({ length: 11 }, (_, i) => String(i)) },
  ],
];

test.each(forms)("a form with %s is read", async (_title, form, expected) => {
  const { body } = await ask(query, request(`Action=Echo&Version=1&${form}`));
  const got = /<Got>(.*?)<\/Got>/.exec(String(body))?.[1] ?? "";
  expect(JSON.parse(got.replaceAll("&quot;", '"').replaceAll("&amp;", "&"))).toEqual(expected);
});

test("the query protocol answers with a result in its namespace", async () => {
  const { status, body } = await ask(query, request("Action=Echo"));
  expect([status, body]).toEqual([
    200,
    '<?xml version="1.0" encoding="UTF-8"?>\n<EchoResponse xmlns="urn:sns"><EchoResult><Got>{}</Got>' +
      "<List><member>a</member><member>b</member></List><Deep><N>1</N></Deep></EchoResult>" +
      "<ResponseMetadata><RequestId>R1</RequestId></ResponseMetadata></EchoResponse>",
  ]);
});

test("an error in the query protocol is escaped", async () => {
  const { status, body } = await ask(query, request("Action=Refuse"));
  expect(status).toBe(400);
  expect(body).toContain("<Type>Sender</Type>");
  expect(body).toContain("<Message>no &lt;thing&gt;</Message>");
});

test("only management calls have an event, with parameters as CloudTrail writes them", () => {
  const event = (wire: WireRequest) => json.event?.(callOf(json, wire), world, undefined);
  expect(event(request('{"QueueName":"q"}', target("Echo")))).toEqual({
    eventName: "Echo",
    eventSource: "sqs.amazonaws.com",
    requestParameters: { queueName: "q" },
  });
  expect(event(request("{}", target("Refuse")))).toBeUndefined();
  expect(event(request("{", target("Echo")))?.requestParameters).toEqual({});
});
