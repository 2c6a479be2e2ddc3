import { expect, test } from "vitest";
import { type ModelSetup, modelFor } from "../../../../../../test/policy/search.ts";
import type { Cell } from "./cell.ts";
import { cellsOf } from "./cells.ts";

const bucket = "arn:aws:s3:::b";
const account = "111122223333";
const user = `arn:aws:iam::${account}:user/ann`;
/** About a part of the objects, so that it closes nothing. */
const some = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `${bucket}/a*` };
const all = { ...some, Resource: [bucket, `${bucket}/*`] };
const { Action: _action, ...withoutAction } = some;
const objects = { resources: "objects" } as const;
const reading = { ...objects, actions: ["s3:GetObject"] } as const;

function briefly({ caller: { example, unnamed }, target, action = "s3:…" }: Cell): string {
  const whose = "account" in example && !unnamed ? ` of ${example.account}` : "";
  return `${example.kind}${whose} ${action} ${target}`;
}

function search(setup: ModelSetup, left = 10_000) {
  const work = { budget: { left }, used: new Set<number>() };
  const cells = [...cellsOf(modelFor(setup), "sure", work)].map(briefly);
  return { cells, used: [...work.used], left: work.budget.left };
}

const cellsIn = (setup: ModelSetup) => search(setup).cells;
const callersIn = (setup: ModelSetup) =>
  cellsIn({ requests: reading, ...setup }).map((cell) => cell.replace(" s3:GetObject object", ""));

test("what nothing tells apart is tried once, for objects and for the bucket", () => {
  expect(cellsIn({})).toEqual([
    "anonymous s3:GetObject object",
    "anonymous s3:… object",
    "anonymous s3:ListBucket bucket",
    "anonymous s3:… bucket",
  ]);
});

test.each<readonly [string, ModelSetup, readonly string[]]>([
  ["only objects", { requests: objects }, ["s3:GetObject object", "s3:… object"]],
  [
    "the actions that it names, each where it belongs",
    { requests: { actions: ["s3:ListBucket", "s3:GetObject"] } },
    ["s3:GetObject object", "s3:ListBucket bucket"],
  ],
  [
    "an action that nobody knows, wherever it may belong",
    { requests: { actions: ["s3:Frobnicate"] } },
    ["s3:Frobnicate object", "s3:Frobnicate bucket"],
  ],
  [
    "another resource",
    { requests: { actions: ["glacier:DeleteArchive"], resources: { arn: "arn:aws:glacier:::v" } } },
    ["glacier:DeleteArchive other"],
  ],
])("a class may be about %s", (_what, setup, expected) => {
  expect(cellsIn(setup)).toEqual(expected.map((one) => `anonymous ${one}`));
});

const onPrefix = { ...some, Condition: { StringEquals: { "s3:prefix": "a" } } };

test.each<readonly [string, ModelSetup, readonly string[]]>([
  [
    "by a statement",
    { denies: [{ ...some, Action: "s3:Put*" }] },
    ["s3:GetObject", "s3:PutObject", "s3:…"],
  ],
  [
    "by what it spares",
    { denies: [{ ...withoutAction, NotAction: "s3:Get*" }] },
    ["s3:GetObject", "s3:PutObject", "s3:…"],
  ],
  [
    "by no statement about all of them",
    { denies: [some, { ...some, Action: "*" }] },
    ["s3:GetObject", "s3:…"],
  ],
  [
    "by no key that all requests may have",
    { denies: [{ ...some, Condition: { Null: { "aws:UserAgent": "true" } } }] },
    ["s3:GetObject", "s3:…"],
  ],
  [
    "by a key that few requests have",
    { denies: [{ ...some, Condition: { Null: { "s3:x-amz-copy-source": "true" } } }] },
    ["s3:GetObject", "s3:PutObject", "s3:…"],
  ],
  [
    "and left out beside those of one statement",
    { within: { ...some, Action: "s3:Put*" } },
    ["s3:PutObject", "s3:…"],
  ],
])("actions on objects are told apart %s", (_how, setup, actions) => {
  const found = cellsIn({ ...setup, requests: objects }).filter((one) =>
    one.startsWith("anonymous"),
  );
  expect(found).toEqual(actions.map((action) => `anonymous ${action} object`));
});

test("actions on the bucket are told apart by a key that few requests have", () => {
  const found = cellsIn({ denies: [onPrefix] }).filter((one) => one.endsWith("bucket"));
  expect(found[0]).toBe("anonymous s3:ListBucket bucket");
  expect(found).toHaveLength(3);
});

const kinds = [
  "anonymous",
  "user",
  "role-session",
  "root",
  "federated",
  "canonical-user",
  "service",
];
const when = (operator: string, key: string, value: string) => ({
  ...some,
  Condition: { [operator]: { [key]: value } },
});

test.each<readonly [string, ModelSetup, readonly string[]]>([
  ["by no statement about everyone", { denies: [some] }, ["anonymous"]],
  [
    "by the names of a statement",
    { denies: [{ ...some, Principal: { AWS: user } }] },
    ["anonymous", `user of ${account}`],
  ],
  [
    "by what follows from them",
    { denies: [when("StringEquals", "aws:PrincipalType", "User")] },
    ["anonymous", "user"],
  ],
  [
    "by two things that follow from them",
    {
      denies: [
        when("StringEquals", "aws:PrincipalType", "User"),
        when("Bool", "aws:PrincipalIsAWSService", "true"),
      ],
    },
    ["anonymous", "user", "service"],
  ],
  [
    "by a key that they lack",
    { denies: [when("ArnLike", "aws:SourceArn", "arn:*")] },
    ["anonymous", "service"],
  ],
  ["by their ARN, all of them", { denies: [when("Null", "aws:PrincipalArn", "true")] }, kinds],
  [
    "by their organization, kind by kind",
    { denies: [when("Null", "aws:PrincipalOrgID", "true")] },
    kinds,
  ],
  ["kind by kind, to say who feels a statement", { within: some }, kinds],
])("callers are told apart %s", (_how, setup, callers) => {
  expect(callersIn(setup)).toEqual(callers);
});

test("the callers that a statement closes have no cells, and the statement was used", () => {
  const closing = { ...all, Principal: { AWS: account } };
  const { cells, used } = search({ denies: [some, closing], requests: reading });
  expect(cells).toEqual(["anonymous s3:GetObject object"]);
  expect(used).toEqual([1]);
  const others = { ...all, Principal: undefined, NotPrincipal: { AWS: account } };
  const left = search({ denies: [some, others], requests: reading });
  expect(left.cells).toEqual([`user of ${account} s3:GetObject object`]);
  expect(left.used).toEqual([1]);
});

test("a statement may close the objects and leave the bucket", () => {
  const closing = { ...all, Resource: `${bucket}/*` };
  const { cells, used } = search({ denies: [closing] });
  expect(cells).toEqual(["anonymous s3:ListBucket bucket", "anonymous s3:… bucket"]);
  expect(used).toEqual([0]);
});

test("what is closed for everyone needs no step", () => {
  expect(search({ denies: [all, some] })).toEqual({ cells: [], used: [0], left: 10_000 });
});

test("each caller who is not closed costs a step for each statement", () => {
  const whom = { denies: [some, some], requests: reading };
  expect(search(whom)).toMatchObject({
    cells: ["anonymous s3:GetObject object"],
    left: 10_000 - 7 * 2,
  });
  const byType = [when("StringEquals", "aws:PrincipalType", "User")];
  expect(search({ denies: byType, requests: reading }, 2).cells).toEqual([
    "anonymous s3:GetObject object",
    "user s3:GetObject object",
  ]);
  expect(search({ denies: byType, requests: reading }, 1).cells).toEqual([
    "anonymous s3:GetObject object",
  ]);
  const closed = { ...all, Principal: { AWS: user } };
  expect(search({ denies: [closed], requests: reading }).left).toBe(10_000 - 12);
});
