import { expect, test } from "vitest";
import { parseBaseline } from "../../baseline/index.ts";
import { controls } from "../../controls/index.ts";
import {
  accessUnder,
  callersOf,
  type HubFunction,
  type HubPlace,
  hubFunctions,
  hubPolicy,
} from "./index.ts";

const place: HubPlace = {
  partition: "aws",
  account: "999988887777",
  region: "eu-west-1",
  organization: "o-exampleorgid",
  taskQueue: "arn:aws:sqs:eu-west-1:999988887777:bucket-warden-tasks.fifo",
  lookQueue: "arn:aws:sqs:eu-west-1:999988887777:bucket-warden-looks",
  ledgerTable: "arn:aws:dynamodb:eu-west-1:999988887777:table/bucket-warden-ledger",
  topic: "arn:aws:sns:eu-west-1:999988887777:bucket-warden-messages",
  slackSecrets: ["arn:aws:ssm:eu-west-1:999988887777:parameter/bucket-warden/slack/token"],
  sweep: "arn:aws:lambda:eu-west-1:999988887777:function:bucket-warden-sweep",
  slackWork: "arn:aws:lambda:eu-west-1:999988887777:function:bucket-warden-slack-work",
  stopParameter: "arn:aws:ssm:eu-west-1:999988887777:parameter/bucket-warden/stop",
  readerRole: "bucket-warden-reader",
  remediationRole: "bucket-warden-remediation",
  keys: [],
};
const access = accessUnder(parseBaseline({}, "test"), controls);

function statements(name: HubFunction, at: HubPlace = place) {
  return hubPolicy(name, at, access).Statement;
}

test.each([
  { name: "intake", actions: ["sqs:SendMessage", "sts:AssumeRole"] },
  {
    name: "sweep",
    actions: [
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
      "lambda:InvokeFunction",
      "sqs:SendMessage",
      "sqs:SendMessage",
      "sts:AssumeRole",
    ],
  },
  {
    name: "look",
    actions: [
      "dynamodb:GetItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
      "sqs:SendMessage",
      "sts:AssumeRole",
    ],
  },
  {
    name: "invoke",
    actions: [
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "sqs:SendMessage",
      "sts:AssumeRole",
    ],
  },
  { name: "history", actions: ["dynamodb:GetItem", "dynamodb:Query"] },
  {
    name: "notify-slack",
    actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "ssm:GetParameter"],
  },
  {
    name: "slack-action",
    actions: [
      "dynamodb:GetItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Query",
      "lambda:InvokeFunction",
      "ssm:GetParameter",
    ],
  },
  {
    name: "slack-work",
    actions: [
      "dynamodb:GetItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Query",
      "sqs:SendMessage",
      "ssm:GetParameter",
      "sts:AssumeRole",
    ],
  },
  {
    name: "digest",
    actions: ["dynamodb:GetItem", "dynamodb:Query", "sns:Publish"],
  },
  {
    name: "deliver",
    actions: [
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "organizations:DescribeAccount",
      "sns:Publish",
      "sts:AssumeRole",
    ],
  },
  {
    name: "remediate",
    actions: [
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
      "organizations:DescribeAccount",
      "sns:Publish",
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
      "ssm:GetParameter",
      "sts:AssumeRole",
    ],
  },
] as const)("$name may do its own work and no more", ({ name, actions }) => {
  expect(
    statements(name)
      .flatMap(({ Action }) => Action)
      .sort(),
  ).toEqual(actions);
});

test("nothing is granted on everything, nothing by wildcard, and nothing that deletes records", () => {
  for (const { Action, Resource } of hubFunctions.flatMap((name) => statements(name))) {
    expect(Resource).not.toContain("*");
    expect(Action.filter((action) => /\*|dynamodb:(Delete|Batch)/.test(action))).toEqual([]);
  }
});

test("nothing but a counter is updated, so that no record can be made to expire", () => {
  const updates = hubFunctions
    .flatMap((name) => statements(name))
    .filter(({ Action }) => Action.includes("dynamodb:UpdateItem"));
  const counters = { "dynamodb:LeadingKeys": ["account#*", "sweep#*"] };
  expect(updates.map(({ Condition }) => Condition)).toEqual(
    updates.map(() => ({ "ForAllValues:StringLike": counters })),
  );
});

test("only what repairs takes on the role that can", () => {
  expect(callersOf("remediation")).toEqual(["remediate"]);
  const readers = ["intake", "sweep", "look", "invoke", "slack-work", "deliver"];
  expect(callersOf("reader")).toEqual(readers);
  const roles = (name: HubFunction) =>
    statements(name).flatMap(({ Action, Resource }) =>
      Action.includes("sts:AssumeRole") ? Resource : [],
    );
  expect(roles("remediate")).toEqual(["arn:aws:iam::*:role/bucket-warden-remediation"]);
  expect(roles("intake")).toEqual(["arn:aws:iam::*:role/bucket-warden-reader"]);
});

test("without an organization the roles are those of the own account", () => {
  const { organization: _, ...alone } = place;
  const assume = statements("sweep", alone).find(({ Sid }) => Sid === "ReadMembers");
  expect(assume).toEqual({
    Sid: "ReadMembers",
    Effect: "Allow",
    Action: ["sts:AssumeRole"],
    Resource: ["arn:aws:iam::999988887777:role/bucket-warden-reader"],
  });
});

test("keys may be used by the services of the Region, for the function", () => {
  const key = "arn:aws:kms:eu-west-1:999988887777:key/1";
  expect(statements("history", { ...place, keys: [key] }).at(-1)).toEqual({
    Sid: "UseKeys",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: [key],
    Condition: {
      StringLike: {
        "kms:ViaService": [
          "dynamodb.eu-west-1.*",
          "sns.eu-west-1.*",
          "sqs.eu-west-1.*",
          "ssm.eu-west-1.*",
        ],
      },
    },
  });
});

test("what is invoked asynchronously may put away what it could not take", () => {
  const undelivered = "arn:aws:sqs:eu-west-1:999988887777:bucket-warden-undelivered";
  const keeping = hubFunctions.filter((name) =>
    statements(name, { ...place, undelivered }).some(({ Resource }) =>
      Resource.includes(undelivered),
    ),
  );
  expect(keeping).toEqual(["intake", "sweep", "notify-slack", "slack-work", "deliver", "digest"]);
});

test("units are asked for where a scope needs them, in the own organization", () => {
  const scopes = [{ name: "one", match: { organizationalUnits: ["r-abcd"] }, settings: {} }];
  const asking = accessUnder(parseBaseline({ scopes }, "test"), controls);
  const own = hubPolicy("invoke", place, asking).Statement.find(({ Sid }) => Sid === "AskForUnits");
  expect(own).toEqual({
    Sid: "AskForUnits",
    Effect: "Allow",
    Action: ["organizations:ListParents"],
    Resource: [
      "arn:aws:organizations::*:account/o-exampleorgid/*",
      "arn:aws:organizations::*:ou/o-exampleorgid/ou-*",
    ],
  });
  expect(statements("invoke").some(({ Sid }) => Sid === "AskForUnits")).toBe(false);
});

test("people are told on the topics that the baseline names as well", () => {
  const team = "arn:aws:sns:eu-west-1:111122223333:team";
  const notifications = {
    routes: [{ name: "team", to: [{ topic: team }] }],
    digest: { topic: team },
  };
  const routed = accessUnder(parseBaseline({ notifications }, "test"), controls);
  for (const name of ["deliver", "remediate"] as const) {
    const tell = hubPolicy(name, place, routed).Statement.find(({ Sid }) => Sid === "TellPeople");
    expect(tell?.Resource).toEqual([place.topic, team]);
  }
});
