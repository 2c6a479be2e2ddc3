import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import type { Policy } from "../syntax/document.ts";
import { parse } from "../syntax/parse.ts";
import { impact } from "./impact.ts";

const where = { bucket: "b", partition: "aws" };

function policyOf(...statements: readonly unknown[]): Policy {
  return policyIn("2012-10-17", statements);
}

function policyIn(version: string, statements: readonly unknown[]): Policy {
  const parsed = parse(JSON.stringify({ Version: version, Statement: statements }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.policy;
}

const publicRead = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::b/*",
};
const denyHttp = guarantee("ssl-only", {}, where).statements[0];

test("a new Deny is put in words, with a request for each kind of caller that feels it", () => {
  const [found, ...more] = impact(policyOf(publicRead), policyOf(publicRead, denyHttp));
  expect(more).toEqual([]);
  expect(found?.sentence).toBe(
    "s3:* on arn:aws:s3:::b, arn:aws:s3:::b/* by anyone is denied when aws:SecureTransport is false (felt by anonymous callers, users and roles, AWS services, others)",
  );
  expect(found?.examples[0]).toEqual({
    request: {
      principal: { kind: "anonymous" },
      action: "s3:GetObject",
      resource: "arn:aws:s3:::b/example.txt",
      context: { "aws:SecureTransport": ["false"] },
    },
    before: "allowed",
  });
});

test("services that are exempt do not feel it", () => {
  const required = guarantee("kms-enforcement", { mode: "header-required" }, where);
  const [found] = impact(undefined, policyOf(...required.statements));
  expect(found?.sentence).toContain("(felt by anonymous callers, users and roles, others)");
  expect(found?.examples.map(({ before }) => before)).toEqual([
    "left to other policies",
    "left to other policies",
    "left to other policies",
  ]);
});

test("what was denied in other words is no impact", () => {
  const other = { ...denyHttp, Sid: "Other", Principal: { AWS: "*" }, Action: "*", Resource: "*" };
  expect(impact(policyOf(other), policyOf(other, denyHttp))).toEqual([]);
});

test("only what is left of it counts", () => {
  const objects = { ...denyHttp, Sid: "Objects", Resource: "arn:aws:s3:::b/*" };
  const [found] = impact(policyOf(objects), policyOf(objects, denyHttp));
  expect(new Set(found?.examples.map(({ request }) => request.resource))).toEqual(
    new Set(["arn:aws:s3:::b"]),
  );
});

const account = "111122223333";
const ann = `arn:aws:iam::${account}:user/ann`;

test.each<readonly [string, object]>([
  ["a user", { Principal: { AWS: ann } }],
  ["a role", { Principal: { AWS: `arn:aws:iam::${account}:role/app` } }],
  [
    "the root of an account",
    { Condition: { StringEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:root` } } },
  ],
])("%s is one of the users and roles", (_who, caught) => {
  const [found] = impact(undefined, policyOf({ ...publicRead, Effect: "Deny", ...caught }));
  expect(found?.sentence).toContain("(felt by users and roles)");
});

test("what an Allow gives is no impact of it, even where a Deny takes it back", () => {
  const found = impact(undefined, policyOf(publicRead, { ...publicRead, Effect: "Deny" }));
  expect(found.map(({ statement }) => statement)).toEqual([1]);
});

test("where the old policy leaves a doubt, so does the impact", () => {
  const doubtful = { ...publicRead, Condition: { bool: { "aws:SecureTransport": "false" } } };
  const [found] = impact(policyOf(doubtful), policyOf(doubtful, denyHttp));
  expect(found?.examples[0]?.before).toBe("in doubt");
});

test("the same words may deny more in the other version", () => {
  const denied = { ...publicRead, Effect: "Deny", Resource: "arn:aws:s3:::b/${*}" };
  const [found] = impact(policyIn("2008-10-17", [denied]), policyIn("2012-10-17", [denied]));
  expect(found?.examples[0]?.request.resource).toBe("arn:aws:s3:::b/*");
});
