import { expect, test } from "vitest";
import { cellFor } from "../../../../../../test/policy/search.ts";
import { literalPattern, wildcardPattern } from "../../match/pattern.ts";
import { actionChoice, type Cell, clausesOf, resourceChoice, statesOf } from "./cell.ts";

const bucket = "arn:aws:s3:::b";
const account = "444455556666";
const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const { Action: _action, ...withoutAction } = deny;
const { Resource: _resource, ...withoutResource } = deny;
const onUserAgent = { ...deny, Condition: { StringEquals: { "aws:UserAgent": "curl" } } };
const onArn = {
  ...deny,
  Condition: { StringEquals: { "aws:PrincipalArn": "arn:aws:iam::1:role/a" } },
};

const text = (kind: "inside" | "outside", patterns: readonly unknown[]) =>
  ({ kind: "text", absent: false, present: { kind, patterns } }) as const;

test("a statement is escaped by another resource, another value or another action of the future", () => {
  const objects = { ...onUserAgent, Resource: `${bucket}/*`, Action: "s3:Get*" };
  const elsewhere = { ...withoutResource, NotResource: [`${bucket}/a`] };
  const cell = cellFor({ denies: [objects, elsewhere] });
  const curl = {
    kind: "text",
    absent: true,
    present: { kind: "outside", patterns: [literalPattern("curl")] },
  };
  expect(clausesOf(cell)).toEqual([
    {
      statement: 1,
      escapes: [{ choice: resourceChoice, test: text("inside", [literalPattern(`${bucket}/a`)]) }],
    },
    {
      statement: 0,
      escapes: [
        { choice: "aws:useragent", test: curl },
        { choice: resourceChoice, test: text("outside", [wildcardPattern(`${bucket}/*`)]) },
      ],
    },
  ]);
  const future = clausesOf({ ...cell, action: undefined }).map(({ escapes }) =>
    escapes.map(({ choice }) => choice),
  );
  expect(future).toEqual([
    [actionChoice, resourceChoice],
    ["aws:useragent", actionChoice, resourceChoice],
  ]);
});

const nothing = { ...deny, Resource: "arn:aws:s3:::c" };
const byNobody = { ...deny, Principal: { AWS: account } };
const unknowable = { ...deny, Condition: { StringEquals: { "aws:ResourceAccount": account } } };
const byVariable = { ...deny, Resource: `${bucket}/\${aws:username}` };

test.each<readonly [string, object, Cell["mode"], number | undefined]>([
  ["about everything", deny, "sure", 1],
  ["about another resource", nothing, "sure", 1],
  ["about others", byNobody, "sure", undefined],
  ["about other actions", { ...deny, Action: "s3:Put*" }, "sure", undefined],
  [
    "about users",
    { ...deny, Condition: { StringEquals: { "aws:PrincipalType": "User" } } },
    "sure",
    undefined,
  ],
  [
    "about anonymous callers",
    { ...deny, Condition: { StringEquals: { "aws:PrincipalType": "Anonymous" } } },
    "sure",
    1,
  ],
  ["about what is not known, for a proof", unknowable, "possible", undefined],
  ["about what is not known, for a witness", unknowable, "sure", 1],
  ["about what depends on the request, for a proof", byVariable, "possible", undefined],
  ["about what depends on the request, for a witness", byVariable, "sure", 0],
  [
    "about all resources but none, for a proof",
    { ...withoutResource, NotResource: [] },
    "possible",
    undefined,
  ],
  [
    "about all resources but none, for a witness",
    { ...withoutResource, NotResource: [] },
    "sure",
    0,
  ],
  ["about no resource", { ...deny, Resource: [] }, "possible", 1],
  ["about no action", { ...deny, Action: [] }, "sure", undefined],
])(
  "a statement %s leaves so many escapes, or need not be escaped: %j %s %s",
  (_what, statement, mode, escapes) => {
    expect(clausesOf(cellFor({ denies: [statement], mode }))[0]?.escapes.length).toBe(escapes);
  },
);

test("a statement on no action, or on all but none, catches no action of the future for certain", () => {
  const denies = [
    { ...deny, Action: [] },
    { ...withoutAction, NotAction: [] },
  ];
  expect(clausesOf(cellFor({ denies, action: undefined }))).toEqual([]);
});

test("cells share the tests of their conditions and the ARNs of their caller, so that neither is made twice", () => {
  const cell = cellFor({ denies: [onUserAgent, onArn], caller: "user" });
  const other = { ...cell, action: "s3:PutObject" };
  const arnIn = (one: Cell) => statesOf(one)?.get("aws:principalarn");
  const testsIn = (one: Cell) => clausesOf(one).map(({ escapes }) => escapes[0]?.test);
  for (const [place, made] of testsIn(cell).entries()) expect(testsIn(other)[place]).toBe(made);
  expect(arnIn(other)).toBe(arnIn(cell));
});
