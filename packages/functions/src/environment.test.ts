import { InputError } from "@bucket-warden/core/kernel";
import { expect, test } from "vitest";
import { parseEnvironment } from "./environment.ts";

const least = {
  AWS_REGION: "eu-west-1",
  WARDEN_BASELINE: "{}",
  WARDEN_TASK_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/111122223333/warden.fifo",
  WARDEN_LOOK_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/111122223333/looks",
  WARDEN_LEDGER_TABLE: "warden",
  WARDEN_TOPIC_ARN: "arn:aws:sns:eu-west-1:111122223333:warden",
};

const parsed = {
  region: "eu-west-1",
  regions: ["eu-west-1"],
  baseline: expect.objectContaining({ everywhere: {}, scopes: [] }),
  taskQueueUrl: least.WARDEN_TASK_QUEUE_URL,
  lookQueueUrl: least.WARDEN_LOOK_QUEUE_URL,
  ledgerTable: "warden",
  ledgerDays: 400,
  topicArn: least.WARDEN_TOPIC_ARN,
  desk: {
    region: "eu-west-1",
    functions: { invoke: "bucket-warden-invoke", history: "bucket-warden-history" },
  },
  ownResources: ["bucket-warden*"],
  slack: {
    users: [],
    workFunction: "bucket-warden-slack-work",
    apiUrl: "https://slack.com/api/",
  },
  logLevel: "INFO",
  metrics: true,
  retrySeconds: 3,
  requestTimeoutMilliseconds: 5_000,
};

test("the least environment has the defaults, and whatever Lambda adds is ignored", () => {
  expect(parseEnvironment(least)).toEqual(parsed);
  const lambda = { AWS_LAMBDA_FUNCTION_NAME: "f", AWS_SESSION_TOKEN: "t", PATH: "/bin", X: "" };
  expect(parseEnvironment({ ...least, ...lambda })).toEqual(parsed);
});

test.each([
  {
    name: "a role in the account of the bucket",
    more: { WARDEN_MEMBER_ROLE: "warden" },
    result: { memberRole: { name: "warden" }, ownResources: ["bucket-warden*", "warden"] },
  },
  {
    name: "a stop switch",
    more: { WARDEN_STOP_PARAMETER: "/warden/stop" },
    result: { stopParameter: "/warden/stop" },
  },
  {
    name: "a role with an external id",
    more: { WARDEN_MEMBER_ROLE: "warden", WARDEN_EXTERNAL_ID: "secret" },
    result: {
      memberRole: { name: "warden", externalId: "secret" },
      ownResources: ["bucket-warden*", "warden"],
    },
  },
  {
    name: "a ledger that forgets sooner",
    more: { WARDEN_LEDGER_DAYS: "30" },
    result: { ledgerDays: 30 },
  },
  {
    name: "what else is ours",
    more: { WARDEN_OWN_RESOURCES: "s3-guard*,arn:aws:sns:*:111122223333:alerts" },
    result: { ownResources: ["s3-guard*", "arn:aws:sns:*:111122223333:alerts"] },
  },
  {
    name: "more Regions, the home Region first",
    more: { WARDEN_REGIONS: "us-east-1, eu-west-1,ap-southeast-2" },
    result: { regions: ["eu-west-1", "us-east-1", "ap-southeast-2"] },
  },
  {
    name: "no more Regions",
    more: { WARDEN_REGIONS: " " },
    result: { regions: ["eu-west-1"] },
  },
  {
    name: "a log level and no metrics",
    more: { WARDEN_LOG_LEVEL: "DEBUG", WARDEN_METRICS: "off" },
    result: { logLevel: "DEBUG", metrics: false },
  },
  {
    name: "the credentials that Lambda gives every function, which the SDK finds itself",
    more: { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "t" },
    result: {},
  },
  {
    name: "another time to wait",
    more: { WARDEN_RETRY_SECONDS: "0.05" },
    result: { retrySeconds: 0.05 },
  },
  {
    name: "no time to wait",
    more: { WARDEN_RETRY_SECONDS: "0" },
    result: { retrySeconds: 0 },
  },
  {
    name: "another endpoint",
    more: { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" },
    result: { endpoint: "http://127.0.0.1:4566" },
  },
  {
    name: "another endpoint with half of the credentials",
    more: { AWS_ENDPOINT_URL: "http://127.0.0.1:4566", AWS_ACCESS_KEY_ID: "id" },
    result: { endpoint: "http://127.0.0.1:4566" },
  },
  {
    name: "another endpoint with credentials",
    more: {
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_ACCESS_KEY_ID: "id",
      AWS_SECRET_ACCESS_KEY: "secret",
    },
    result: {
      endpoint: "http://127.0.0.1:4566",
      credentials: { accessKeyId: "id", secretAccessKey: "secret" },
    },
  },
  {
    name: "another endpoint with the credentials of a session",
    more: {
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_ACCESS_KEY_ID: "id",
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
    },
    result: {
      endpoint: "http://127.0.0.1:4566",
      credentials: { accessKeyId: "id", secretAccessKey: "secret", sessionToken: "token" },
    },
  },
])("the environment can name $name", ({ more, result }) => {
  expect(parseEnvironment({ ...least, ...more })).toEqual({ ...parsed, ...result });
});

function problemIn(more: Readonly<Record<string, string | undefined>>): string {
  try {
    parseEnvironment({ ...least, ...more });
  } catch (error) {
    if (error instanceof InputError) return `${error.place}: ${error.problem}`;
    throw error;
  }
  return "no problem";
}

const missing = "Invalid input: expected string, received undefined";

test.each([
  "AWS_REGION",
  "WARDEN_BASELINE",
  "WARDEN_TASK_QUEUE_URL",
  "WARDEN_LOOK_QUEUE_URL",
  "WARDEN_LEDGER_TABLE",
  "WARDEN_TOPIC_ARN",
])("a missing %s is named", (name) => {
  expect(problemIn({ [name]: undefined })).toContain(`environment variable ${name}: `);
});

test.each([
  { more: { AWS_REGION: undefined }, problem: `environment variable AWS_REGION: ${missing}` },
  {
    more: { AWS_REGION: "somewhere" },
    problem: 'AWS_REGION: "somewhere" is not an AWS Region',
  },
  { more: { WARDEN_BASELINE: "{" }, problem: "WARDEN_BASELINE: it is not JSON" },
  {
    more: { WARDEN_BASELINE: '{"versioning":{"mode":"fix"}}' },
    problem:
      'WARDEN_BASELINE, versioning.mode: Invalid option: expected one of "remediate"|"approve"|"alert"|"off"',
  },
  {
    more: { WARDEN_TASK_QUEUE_URL: "warden.fifo" },
    problem: "environment variable WARDEN_TASK_QUEUE_URL: Invalid URL",
  },
  {
    more: { WARDEN_LEDGER_TABLE: "t" },
    problem:
      "environment variable WARDEN_LEDGER_TABLE: Too small: expected string to have >=3 characters",
  },
  {
    more: { WARDEN_TOPIC_ARN: "warden" },
    problem: 'environment variable WARDEN_TOPIC_ARN: Invalid string: must start with "arn:"',
  },
  {
    more: { WARDEN_MEMBER_ROLE: "" },
    problem:
      "environment variable WARDEN_MEMBER_ROLE: Too small: expected string to have >=1 characters",
  },
  {
    more: { WARDEN_EXTERNAL_ID: "secret" },
    problem:
      "environment variable WARDEN_EXTERNAL_ID: it is set, but there is no role to use it with",
  },
  {
    more: { WARDEN_RETRY_SECONDS: "soon" },
    problem: "environment variable WARDEN_RETRY_SECONDS: it is not a number of seconds",
  },
  {
    more: { WARDEN_RETRY_SECONDS: "-1" },
    problem: "environment variable WARDEN_RETRY_SECONDS: it is not a number of seconds",
  },
  {
    more: { WARDEN_RETRY_SECONDS: "301" },
    problem: "environment variable WARDEN_RETRY_SECONDS: Too big: expected number to be <=300",
  },
  {
    more: { WARDEN_LOG_LEVEL: "debug" },
    problem:
      'environment variable WARDEN_LOG_LEVEL: Invalid option: expected one of "DEBUG"|"INFO"|"WARN"|"ERROR"|"SILENT"',
  },
  {
    more: { WARDEN_METRICS: "yes" },
    problem: 'environment variable WARDEN_METRICS: Invalid option: expected one of "on"|"off"',
  },
  {
    more: { AWS_ENDPOINT_URL: "localhost" },
    problem: "environment variable AWS_ENDPOINT_URL: Invalid URL",
  },
])("$problem", ({ more, problem }) => {
  expect(problemIn(more)).toBe(problem);
});

// It would be read as 0, and every task be delivered five times at once.
test("an empty time to wait is refused", () => {
  expect(problemIn({ WARDEN_RETRY_SECONDS: "" })).not.toBe("no problem");
});

test("the message says what to do", () => {
  expect(() => parseEnvironment({})).toThrow(
    `environment variable AWS_REGION: ${missing}. Set it in the configuration of the function; docs/configuration.md lists all of them.`,
  );
});
