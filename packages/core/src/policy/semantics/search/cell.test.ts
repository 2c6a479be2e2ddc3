import { expect, test } from "vitest";
import { type CellSetup, cellFor } from "../../../../../../test/policy/search.ts";
import { contains } from "../../match/language.ts";
import { literalPattern } from "../../match/pattern.ts";
import type { Principal } from "../request.ts";
import { actionChoice, type Cell, resourceChoice, statesOf } from "./cell.ts";
import { restrict, type State } from "./state.ts";

const bucket = "arn:aws:s3:::b";
const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const { Action: _action, ...withoutAction } = deny;
const { Resource: _resource, ...withoutResource } = deny;

function stateIn(cell: Cell, choice: string): State | undefined {
  return statesOf(cell)?.get(choice);
}

/** Which of these, or absence, a choice may be; `impossible` where there is no such request. */
function among(cell: Cell, choice: string, candidates: readonly (string | undefined)[]) {
  const state = stateIn(cell, choice);
  if (state === undefined) return "impossible";
  if (state.kind === "choice") return state.left.map((place) => state.values[place]);
  return candidates.filter((one) =>
    one === undefined
      ? state.absent
      : state.present !== undefined && contains(state.present.language, one),
  );
}

const onUserAgent = { ...deny, Condition: { StringEquals: { "aws:UserAgent": "curl" } } };
const onArn = {
  ...deny,
  Condition: { StringEquals: { "aws:PrincipalArn": "arn:aws:iam::1:role/a" } },
};
const onOrg = { ...deny, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a" } } };

test.each<readonly [string, CellSetup, readonly string[]]>([
  ["the resource alone", {}, [resourceChoice]],
  ["an action of the future", { action: undefined }, [resourceChoice, actionChoice]],
  ["the keys that are asked for", { denies: [onUserAgent] }, [resourceChoice, "aws:useragent"]],
  ["the ARN of the caller", { denies: [onArn] }, [resourceChoice, "aws:principalarn"]],
])("a request chooses %s", (_what, setup, choices) => {
  expect([...(statesOf(cellFor(setup))?.keys() ?? [])]).toEqual(choices);
});

const keys = ["", "/", "/a", "/a/b", "/example.txt"].map((key) => bucket + key);

test.each<readonly [string, CellSetup, readonly string[] | "impossible"]>([
  ["every key", {}, keys.slice(2)],
  ["the bucket", { target: "bucket" }, [bucket]],
  [
    "what a statement is about",
    { within: { ...deny, Resource: `${bucket}/a*` } },
    [`${bucket}/a`, `${bucket}/a/b`],
  ],
  [
    "what a statement leaves",
    { within: { ...withoutResource, NotResource: `${bucket}/a*` } },
    [`${bucket}/example.txt`],
  ],
  [
    "nothing that another statement is about",
    { within: { ...deny, Resource: bucket } },
    "impossible",
  ],
  [
    "nothing that depends on the request",
    { within: { ...deny, Resource: "arn:aws:s3:::b/${aws:username}" } },
    "impossible",
  ],
])("the resource is %s", (_what, setup, expected) => {
  expect(among(cellFor(setup), resourceChoice, keys)).toEqual(expected);
});

test("the object of a witness has a name that reads well", () => {
  const state = stateIn(cellFor({}), resourceChoice);
  const examples = [[], ["example.txt"], ["example.txt", "data.csv"]].map((taken) => {
    const patterns = taken.map((key) => literalPattern(`${bucket}/${key}`));
    const other = { kind: "text", absent: false, present: { kind: "outside", patterns } } as const;
    const left = state && restrict(state, other, { left: 100_000 });
    return left?.kind === "text" && left.present?.example;
  });
  expect(examples).toEqual([`${bucket}/example.txt`, `${bucket}/data.csv`, `${bucket}/xexample`]);
});

const names = ["s3:New", "s3:GetNew", "s3:GetObject", "sqs:New"];

test.each<readonly [string, CellSetup, readonly string[] | "impossible"]>([
  ["any of S3", {}, names.slice(0, 3)],
  [
    "none that a NotAction spells out",
    { denies: [{ ...withoutAction, NotAction: "s3:getobject" }] },
    names.slice(0, 2),
  ],
  ["what a statement is about", { within: { ...deny, Action: "s3:Get*" } }, names.slice(1, 3)],
  ["what a statement leaves", { within: { ...withoutAction, NotAction: "s3:Get*" } }, ["s3:New"]],
  ["none of another service", { within: { ...deny, Action: "sqs:*" } }, "impossible"],
])("an action of the future is %s", (_what, setup, expected) => {
  expect(among(cellFor({ ...setup, action: undefined }), actionChoice, names)).toEqual(expected);
});

const account = "444455556666";
const fresh = "777788889999";
const named = {
  ...deny,
  Principal: { AWS: [account, `arn:aws:iam::${account}:user/bob`], Federated: "idp" },
};
const roots = [account, fresh].map((one) => `arn:aws:iam::${one}:root`);
const users = [account, fresh].map((one) => `arn:aws:iam::${one}:user/ann`);
const strange = [
  "other",
  `arn:aws:sts::${account}:federated-user/a:b`,
  "arn:aws:sts:::federated-user/a",
];
const arns = [undefined, ...roots, ...users, `arn:aws:iam::${account}:user/bob`, ...strange];

test.each<readonly [Principal["kind"], Cell["mode"], ReturnType<typeof among>]>([
  ["anonymous", "possible", [undefined]],
  ["service", "possible", [undefined]],
  ["root", "sure", [roots[1]]],
  ["user", "sure", [users[1]]],
  ["federated", "sure", "impossible"],
  ["canonical-user", "sure", "impossible"],
  ["federated", "possible", [undefined, ...arns.slice(1, 6), ...strange.slice(1)]],
])("the ARN of %s is, for what is %s: %j", (caller, mode, expected) => {
  const cell = cellFor({ denies: [named, onArn], caller, mode });
  expect(among(cell, "aws:principalarn", arns)).toEqual(expected);
});

test("a federated caller of one account has an ARN of that account, if he has one", () => {
  const cell = cellFor({ denies: [onArn], mode: "possible" });
  const example = { kind: "federated", provider: "idp", account } as const;
  const one = { ...cell, caller: { example, unnamed: false } };
  const expected = [undefined, roots[0], users[0], arns[5], strange[1]];
  expect(among(one, "aws:principalarn", arns)).toEqual(expected);
});

test("the ARN of a caller is what the class asks it to be", () => {
  const where = [
    { operator: "ArnLike", key: "aws:PrincipalArn", values: [`arn:aws:iam::${fresh}:user/a*`] },
  ];
  const setup = { denies: [named], requests: { where }, mode: "possible" } as const;
  const of = (caller: Principal["kind"]) =>
    among(cellFor({ ...setup, caller }), "aws:principalarn", arns);
  expect([of("user"), of("root"), of("anonymous")]).toEqual([
    [users[1]],
    "impossible",
    "impossible",
  ]);
});

test("a witness has the ARN of the example where that will do", () => {
  for (const caller of ["root", "user", "role-session"] as const) {
    const cell = cellFor({ denies: [onArn], caller });
    const state = stateIn(cell, "aws:principalarn");
    expect(state?.kind === "text" && state.present?.example).toBe(cell.caller.arns?.example);
  }
});

const byNumber = { ...deny, Condition: { NumericEquals: { "aws:PrincipalOrgID": "5" } } };

test.each<readonly [Principal["kind"], Cell["mode"], boolean]>([
  ["root", "sure", true],
  ["role-session", "possible", true],
  ["anonymous", "possible", false],
  ["service", "possible", false],
  ["federated", "sure", false],
  ["federated", "possible", true],
  ["canonical-user", "sure", false],
  ["canonical-user", "possible", true],
])("%s may be in an organization, for what is %s: %s", (caller, mode, may) => {
  const byName = cellFor({ denies: [onOrg], caller, mode });
  const organizations = [undefined, "o-a", "o-b"];
  const expected = may ? organizations : [undefined];
  expect(among(byName, "aws:principalorgid", organizations)).toEqual(expected);
  const left = among(cellFor({ denies: [byNumber], caller, mode }), "aws:principalorgid", []);
  expect(left.length > 1).toBe(may);
});

test("callers who cannot fulfil the class have no requests in it", () => {
  const where = [{ operator: "StringEquals", key: "aws:PrincipalType", values: ["User"] }];
  const of = (caller: Principal["kind"]) =>
    statesOf(cellFor({ requests: { where }, caller })) !== undefined;
  expect([of("user"), of("root"), of("anonymous")]).toEqual([true, false, false]);
  const some = [{ operator: "StringLike", key: "aws:PrincipalAccount", values: ["4*"] }];
  const inMode = (mode: Cell["mode"]) =>
    statesOf(cellFor({ requests: { where: some }, caller: "user", mode })) !== undefined;
  expect([inMode("possible"), inMode("sure")]).toEqual([true, false]);
});

test("what is assumed of a class limits witnesses and no proof", () => {
  const assuming = [{ operator: "Null", key: "aws:UserAgent", values: ["true"] }];
  const of = (mode: Cell["mode"]) =>
    among(cellFor({ denies: [onUserAgent], requests: { assuming }, mode }), "aws:useragent", [
      undefined,
      "x",
    ]);
  expect([of("sure"), of("possible")]).toEqual([[undefined], [undefined, "x"]]);
});
