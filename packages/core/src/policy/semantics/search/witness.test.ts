import { expect, test } from "vitest";
import { cellFor } from "../../../../../../test/policy/search.ts";
import { literalPattern } from "../../match/pattern.ts";
import type { Principal } from "../request.ts";
import { actionChoice, resourceChoice } from "./cell.ts";
import { type State, textState } from "./state.ts";
import { requestOf } from "./witness.ts";

const object = "arn:aws:s3:::b/k";
const account = "111122223333";
const other = "444455556666";

function only(text: string): State {
  return textState([literalPattern(text)], { absent: false, hints: [] }, { left: 100 });
}

const absent: State = { kind: "text", absent: true, present: undefined, hints: [] };

function requestBy(principal: Principal, choices: Readonly<Record<string, State>>) {
  const cell = cellFor({
    denies: ["aws:UserAgent", "s3:TlsVersion", "aws:PrincipalOrgID"].map((key) => ({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: "*",
      Condition: { StringEquals: { [key]: "x" } },
    })),
  });
  const states = new Map(Object.entries({ [resourceChoice]: only(object), ...choices }));
  return requestOf({ ...cell, caller: { example: principal, unnamed: false } }, states);
}

const anonymous: Principal = { kind: "anonymous" };

test("a request has the action and the resource that were chosen, and the keys under their names", () => {
  const versions: State = { kind: "choice", values: [undefined, "1.1", "1.2"], left: [1, 2] };
  expect(
    requestBy(anonymous, { "aws:useragent": only("curl"), "s3:tlsversion": versions }),
  ).toEqual({
    principal: anonymous,
    action: "s3:GetObject",
    resource: object,
    context: { "aws:UserAgent": ["curl"], "s3:TlsVersion": ["1.1"] },
  });
  const nothing: State = { ...versions, left: [0, 1] };
  expect(
    requestBy(anonymous, { "aws:useragent": absent, "s3:tlsversion": nothing })?.context,
  ).toEqual({});
  const cell = cellFor({ action: undefined });
  const states = new Map([
    [resourceChoice, only(object)],
    [actionChoice, only("s3:New")],
  ]);
  expect(requestOf(cell, states)?.action).toBe("s3:New");
});

const role = (path: string) => `arn:aws:iam::${other}:role/${path}`;
const user: Principal = { kind: "user", account, arn: `arn:aws:iam::${account}:user/ann` };
const session: Principal = {
  kind: "role-session",
  account,
  arn: `arn:aws:sts::${account}:assumed-role/app/one`,
  roleArn: `arn:aws:iam::${account}:role/app`,
};
const federated: Principal = { kind: "federated", account, provider: "idp" };

test.each<readonly [Principal, string, Principal]>([
  [{ kind: "root", account }, `arn:aws:iam::${other}:root`, { kind: "root", account: other }],
  [
    user,
    `arn:aws:iam::${other}:user/a/b`,
    { kind: "user", account: other, arn: `arn:aws:iam::${other}:user/a/b` },
  ],
  [
    session,
    role("team/ops"),
    {
      kind: "role-session",
      account: other,
      arn: `arn:aws:sts::${other}:assumed-role/ops/one`,
      roleArn: role("team/ops"),
    },
  ],
  [federated, `arn:aws:sts::${account}:federated-user/x`, federated],
])("%j with the ARN %s is %j", (example, arn, principal) => {
  expect(requestBy(example, { "aws:principalarn": only(arn) })?.principal).toEqual(principal);
});

test("only callers of an account have an organization", () => {
  const organization = { "aws:principalorgid": only("o-a") };
  expect(requestBy(user, organization)?.principal).toEqual({ ...user, orgId: "o-a" });
  expect(requestBy(federated, organization)?.principal).toEqual(federated);
  expect(requestBy(user, { "aws:principalorgid": absent })?.principal).toEqual(user);
  expect(requestBy(user, organization)?.context).toEqual({});
});
