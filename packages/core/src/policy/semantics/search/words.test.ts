import { expect, test } from "vitest";
import type { Principal, Request } from "../request.ts";
import { sentenceFor } from "./words.ts";

const account = "111122223333";
const user = "arn:aws:iam::111122223333:user/ann";
const bob = "arn:aws:sts::111122223333:federated-user/bob";
const request: Request = {
  principal: { kind: "anonymous" },
  action: "s3:GetObject",
  resource: "arn:aws:s3:::b/k",
  context: {},
};
const http = {
  manner: "over plain HTTP",
  actions: "every",
  resources: "bucket-and-objects",
  callers: "everyone",
  where: [{ operator: "Bool", key: "aws:SecureTransport", values: ["false"] }],
  assuming: [],
} as const;

test.each<readonly [Principal, string]>([
  [{ kind: "anonymous" }, "anonymous"],
  [{ kind: "root", account }, "the root user of 111122223333"],
  [{ kind: "user", account, arn: user, orgId: "o-1" }, `the user ${user} (organization o-1)`],
  [
    { kind: "role-session", account, arn: "arn:session", roleArn: "arn:role" },
    "a session of the role arn:role",
  ],
  [{ kind: "federated", account, provider: "example.com" }, "a caller federated by example.com"],
  [{ kind: "federated", account, provider: bob }, `the federated user ${bob}`],
  [{ kind: "service", service: "s3.amazonaws.com" }, "the AWS service s3.amazonaws.com"],
  [{ kind: "canonical-user", account, id: "79a5" }, "the canonical user 79a5"],
])("%j is %s", (principal, who) => {
  expect(sentenceFor({ ...request, principal }, http)).toBe(
    `${who} may call s3:GetObject on arn:aws:s3:::b/k over plain HTTP`,
  );
});

test("what the class says is not said again, all other values are", () => {
  const context = {
    "AWS:SecureTransport": ["false"],
    "aws:TagKeys": ["a", "b"],
    "aws:SourceIp": ["203.0.113.7"],
  };
  expect(sentenceFor({ ...request, context }, http)).toBe(
    "anonymous may call s3:GetObject on arn:aws:s3:::b/k over plain HTTP, with aws:TagKeys = a, b and aws:SourceIp = 203.0.113.7",
  );
});

test.each([
  ["s3:FutureAction", "an action that S3 may yet add (s3:FutureAction)"],
  ["glacier:DeleteArchive", "glacier:DeleteArchive"],
])("%s is called %s", (action, what) => {
  expect(sentenceFor({ ...request, action }, http)).toContain(`may call ${what} on `);
});
