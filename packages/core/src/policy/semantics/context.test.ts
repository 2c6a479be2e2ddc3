import { expect, test } from "vitest";
import { contextOf } from "./context.ts";
import type { Principal, Request } from "./request.ts";

const account = "111122223333";

function request(principal: Principal, context: Request["context"] = {}): Request {
  return { principal, action: "s3:GetObject", resource: "arn:aws-cn:s3:::b/k", context };
}

test.each<{ principal: Principal; keys: object }>([
  {
    principal: { kind: "anonymous" },
    keys: { "aws:principaltype": ["Anonymous"] },
  },
  {
    principal: { kind: "root", account, orgId: "o-1" },
    keys: {
      "aws:principaltype": ["Account"],
      "aws:principalaccount": [account],
      "aws:principalisawsservice": ["false"],
      "aws:principalarn": ["arn:aws-cn:iam::111122223333:root"],
      "aws:principalorgid": ["o-1"],
    },
  },
  {
    principal: { kind: "user", account, arn: "arn:aws:iam::111122223333:user/team/ann" },
    keys: {
      "aws:principaltype": ["User"],
      "aws:principalaccount": [account],
      "aws:principalisawsservice": ["false"],
      "aws:principalarn": ["arn:aws:iam::111122223333:user/team/ann"],
      "aws:username": ["ann"],
    },
  },
  {
    principal: {
      kind: "role-session",
      account,
      arn: "arn:aws:sts::111122223333:assumed-role/app/one",
      roleArn: "arn:aws:iam::111122223333:role/path/app",
    },
    keys: {
      "aws:principaltype": ["AssumedRole"],
      "aws:principalaccount": [account],
      "aws:principalisawsservice": ["false"],
      "aws:principalarn": ["arn:aws:iam::111122223333:role/path/app"],
    },
  },
  {
    principal: { kind: "federated", account, provider: "p" },
    keys: {
      "aws:principaltype": ["FederatedUser"],
      "aws:principalaccount": [account],
      "aws:principalisawsservice": ["false"],
    },
  },
  {
    principal: { kind: "service", service: "logging.s3.amazonaws.com" },
    keys: {
      "aws:principalisawsservice": ["true"],
      "aws:principalservicename": ["logging.s3.amazonaws.com"],
    },
  },
  {
    principal: { kind: "canonical-user", account, id: "79a5" },
    keys: {
      "aws:principaltype": ["Account"],
      "aws:principalaccount": [account],
      "aws:principalisawsservice": ["false"],
    },
  },
])("$principal.kind: what AWS says about the caller", ({ principal, keys }) => {
  expect(Object.fromEntries(contextOf(request(principal)))).toEqual(keys);
});

test("a key that the request states is not overridden, whatever its case", () => {
  const context = contextOf(request({ kind: "anonymous" }, { "AWS:principalType": ["User"] }));
  expect(Object.fromEntries(context)).toEqual({ "aws:principaltype": ["User"] });
});

test("an empty list states that the key is absent", () => {
  const context = contextOf(request({ kind: "anonymous" }, { "aws:PrincipalType": [] }));
  expect(context.size).toBe(0);
});

test("where the resource is no ARN, the root user is one of the partition aws", () => {
  const one = { ...request({ kind: "root", account }), resource: "*" };
  expect(contextOf(one).get("aws:principalarn")).toEqual(["arn:aws:iam::111122223333:root"]);
});
