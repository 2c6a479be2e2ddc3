import { expect, test } from "vitest";
import { type ModelSetup, modelFor } from "../../../../../../test/policy/search.ts";
import { literalPattern, patternOf, wildcardPattern } from "../../match/pattern.ts";
import { parse } from "../../syntax/parse.ts";
import type { Principal } from "../request.ts";
import { arnOf, callersOf, deniesOf, hasOrganization, matchesElement } from "./model.ts";

const bucket = "arn:aws:s3:::b";
const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const account = "111122223333";
const callers: readonly Principal[] = [
  { kind: "anonymous" },
  { kind: "root", account },
  { kind: "user", account, arn: `arn:aws:iam::${account}:user/ann` },
  {
    kind: "role-session",
    account,
    arn: "arn:aws:sts::1:assumed-role/a/b",
    roleArn: "arn:aws:iam::1:role/a",
  },
  { kind: "federated", account, provider: "idp" },
  { kind: "canonical-user", account, id: "79a5" },
  { kind: "service", service: "s3.amazonaws.com" },
];

test("people and roles may have an organization", () => {
  const kinds = callers.filter(hasOrganization).map(({ kind }) => kind);
  expect(kinds).toEqual(["root", "user", "role-session"]);
});

test("nobody is named by an empty list, and who is left when nobody is left out is not known", () => {
  for (const caller of callers) {
    expect(matchesElement({ negated: false, entries: [] }, caller)).toBe("no");
    expect(matchesElement({ negated: true, entries: [] }, caller)).toBe("unknown");
    expect(matchesElement({ negated: true, entries: [{ kind: "everyone" }] }, caller)).toBe("no");
  }
});

test("only what denies is looked at, and without a policy nothing does", () => {
  const statements = [{ ...deny, Effect: "Allow" }, deny, { ...deny, Effect: "Allow" }, deny];
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  const policy = parsed.kind === "parsed" ? parsed.policy : undefined;
  expect(deniesOf(policy).map(({ statement }) => statement.index)).toEqual([1, 3]);
  expect(deniesOf(undefined)).toEqual([]);
});

const resource = (Version: string, Resource: string) => {
  const parsed = parse(JSON.stringify({ Version, Statement: { ...deny, Resource } }));
  return deniesOf(parsed.kind === "parsed" ? parsed.policy : undefined)[0]?.resource;
};

test("an escape is a plain sign in the resource of a document of today", () => {
  const star = "${*}";
  expect(resource("2012-10-17", `${bucket}/a*`)).toEqual([wildcardPattern(`${bucket}/a*`)]);
  expect(resource("2012-10-17", `${bucket}/${star}*`)).toEqual([
    patternOf(literalPattern(`${bucket}/*`).tokens, wildcardPattern("*").tokens),
  ]);
  expect(resource("2008-10-17", `${bucket}/${star}`)).toEqual([
    wildcardPattern(`${bucket}/${star}`),
  ]);
  expect(resource("2012-10-17", `${bucket}/\${aws:username}`)).toBeUndefined();
  expect(resource("2008-10-17", `${bucket}/\${aws:username}`)).toHaveLength(1);
});

const asking = (key: string) => ({ ...deny, Condition: { StringEquals: { [key]: account } } });

test("keys are those that a statement or the class asks about, and those of callers are apart", () => {
  const { keys, callerAtoms, where, assuming } = modelFor({
    denies: ["aws:UserAgent", "aws:PrincipalArn", "aws:PrincipalType"].map(asking),
    within: asking("aws:PrincipalAccount"),
    requests: {
      where: [{ operator: "Bool", key: "aws:SecureTransport", values: ["false"] }],
      assuming: [{ operator: "Null", key: "aws:Referer", values: ["true"] }],
    },
  });
  expect([...keys.keys()]).toEqual(["aws:securetransport", "aws:useragent"]);
  expect(callerAtoms.map(({ key }) => key)).toEqual([
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principaltype",
  ]);
  expect([where, assuming].map((atoms) => atoms.map(({ key }) => key))).toEqual([
    ["aws:securetransport", "aws:principalaccount"],
    ["aws:referer"],
  ]);
});

test("a key that is a number for an assumption alone need not be one", () => {
  const assuming = [{ operator: "NumericEquals", key: "aws:PrincipalTag/x", values: ["5"] }];
  const denies = [asking("aws:PrincipalTag/x")];
  const kindOf = (requests: object) =>
    modelFor({ denies, requests }).keys.get("aws:principaltag/x")?.kind;
  expect([kindOf({}), kindOf({ assuming })]).toEqual(["text", "choice"]);
});

const named = { ...deny, Principal: { AWS: "444455556666", Service: "sns.amazonaws.com" } };

/** The accounts and services that somebody names. */
function namedBy(setup: ModelSetup): readonly string[] {
  const named = [...callersOf(modelFor(setup))].filter(({ unnamed }) => !unnamed);
  return named.flatMap(({ example }) => {
    if (example.kind === "service") return [example.service];
    return example.kind === "root" ? [example.account] : [];
  });
}

const someCallers = {
  "aws:PrincipalServiceName": "sqs.amazonaws.com",
  "aws:PrincipalAccount": account,
};

test.each<readonly [string, ModelSetup, readonly string[]]>([
  ["nobody", { denies: [asking("aws:SourceAccount")] }, []],
  ["a statement by its principals", { denies: [named] }, ["444455556666", "sns.amazonaws.com"]],
  [
    "a statement by keys of callers",
    { denies: [{ ...deny, Condition: { StringEquals: someCallers } }] },
    [account, "sqs.amazonaws.com"],
  ],
  [
    "the class",
    {
      requests: {
        where: [{ operator: "StringEquals", key: "aws:PrincipalAccount", values: [account] }],
      },
    },
    [account],
  ],
  [
    "the statement within which the class is",
    { within: named },
    ["444455556666", "sns.amazonaws.com"],
  ],
])("callers may be named by %s", (_what, setup, callersNamed) => {
  expect(namedBy(setup)).toEqual(callersNamed);
});

test.each<readonly ["everyone" | "all-but-services" | "signed", readonly string[]]>([
  [
    "everyone",
    ["anonymous", "user", "role-session", "root", "federated", "canonical-user", "service"],
  ],
  [
    "all-but-services",
    ["anonymous", "user", "role-session", "root", "federated", "canonical-user"],
  ],
  ["signed", ["user", "role-session", "root", "federated", "canonical-user"]],
])("%s are %j", (wanted, kinds) => {
  const found = [...callersOf(modelFor({ requests: { callers: wanted } }))];
  expect(found.map(({ example }) => example.kind)).toEqual(kinds);
});

test("a class is about the bucket, or about the resource that it names", () => {
  expect(arnOf(modelFor({}))).toBe(bucket);
  const arn = "arn:aws:glacier:eu-west-1:111122223333:vaults/v";
  const requests = { actions: ["glacier:DeleteArchive"], resources: { arn } };
  expect(arnOf(modelFor({ requests }))).toBe(arn);
});
