import { expect, test } from "vitest";
import { parse } from "../syntax/parse.ts";
import { type Decision, evaluate } from "./evaluate.ts";
import type { Request } from "./request.ts";

const request: Request = {
  principal: { kind: "anonymous" },
  action: "s3:GetObject",
  resource: "arn:aws:s3:::b/example.txt",
  context: { "aws:SecureTransport": ["false"] },
};

const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const allow = { ...deny, Effect: "Allow", Condition: undefined };
const doubtful = { Condition: { Booool: { "aws:SecureTransport": "false" } } };

test.each<{ name: string; statements: readonly object[]; decision: Decision }>([
  { name: "no statement says nothing", statements: [], decision: { kind: "neither" } },
  {
    name: "an explicit Deny wins wherever it stands",
    statements: [allow, deny],
    decision: { kind: "deny", statement: 1 },
  },
  {
    name: "an Allow that matches allows",
    statements: [{ ...deny, Action: "s3:PutObject" }, allow],
    decision: { kind: "allow", statement: 1 },
  },
  {
    name: "an undecided Deny leaves the request undecided",
    statements: [{ ...deny, ...doubtful }, allow],
    decision: { kind: "undecided", statement: 0, why: "the operator Booool is not known" },
  },
  {
    name: "an undecided Deny does not matter beside one that certainly matches",
    statements: [{ ...deny, ...doubtful }, allow, deny],
    decision: { kind: "deny", statement: 2 },
  },
  {
    name: "an undecided Allow does not matter beside one that certainly matches",
    statements: [{ ...allow, ...doubtful }, allow],
    decision: { kind: "allow", statement: 1 },
  },
  {
    name: "an undecided Allow alone leaves it open whether anything is allowed",
    statements: [{ ...allow, ...doubtful }],
    decision: { kind: "undecided", statement: 0, why: "the operator Booool is not known" },
  },
  {
    name: "a doubtful part does not matter where another part certainly fails",
    statements: [{ ...deny, ...doubtful, Action: "s3:PutObject" }],
    decision: { kind: "neither" },
  },
])("$name", ({ statements, decision }) => {
  const result = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  expect(result.kind === "parsed" && evaluate(result.policy, request)).toEqual(decision);
});
