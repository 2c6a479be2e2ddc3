import { expect, test } from "vitest";
import { parse } from "../../syntax/parse.ts";
import { doubtIn } from "./doubts.ts";
import { deniesOf, modelOf } from "./model.ts";

const requests = {
  manner: "",
  actions: "every",
  resources: "bucket-and-objects",
  callers: "everyone",
  where: [],
  assuming: [],
} as const;

const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::b/*" };

test.each<readonly [object, string]>([
  [
    { Resource: "arn:aws:s3:::b/${aws:username}" },
    "a policy variable in its resource depends on the request",
  ],
  [{ Condition: { bool: { "aws:SecureTransport": "false" } } }, "the operator bool is not known"],
  [
    { Condition: { StringLike: { "s3:prefix": "${aws:username}/*" } } },
    "a policy variable in StringLike on s3:prefix depends on the request",
  ],
  [
    { Condition: { StringEquals: { "aws:ResourceAccount": "111122223333" } } },
    "aws:ResourceAccount follows from the bucket, about which the policy says nothing",
  ],
])("%j leaves a doubt: %s", (change, why) => {
  const document = { Version: "2012-10-17", Statement: [deny, { ...deny, ...change }] };
  const parsed = parse(JSON.stringify(document));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  const denies = deniesOf(parsed.policy);
  const where = { bucket: "b", partition: "aws" };
  expect(doubtIn(modelOf(where, requests, denies))).toEqual({ statement: 1, why });
  const other = { ...requests, actions: ["s3:GetObject"], resources: { arn: "arn:aws:s3:::b/k" } };
  expect(doubtIn(modelOf(where, other, denies))?.why).toBe(
    why.replace("the bucket", "the resource"),
  );
});

test("a plain statement leaves none", () => {
  const parsed = parse(JSON.stringify({ Statement: deny }));
  const denies = deniesOf(parsed.kind === "parsed" ? parsed.policy : undefined);
  expect(doubtIn(modelOf({ bucket: "b", partition: "aws" }, requests, denies))).toBeUndefined();
});
