import fc from "fast-check";
import { expect, test } from "vitest";
import { includes } from "../../match/pattern.ts";
import { matchesPrincipal } from "../../match/principal.ts";
import type { PrincipalEntry } from "../../syntax/document.ts";
import type { Principal } from "../request.ts";
import { type Caller, callersFor, collectNames } from "./callers.ts";

const accounts = ["111122223333", "444455556666"];
const providers = ["accounts.google.com", "arn:aws:iam::111122223333:saml-provider/corp"];
const services = ["logging.s3.amazonaws.com", "cloudtrail.amazonaws.com"];
const ids = ["0123456789abcdef", "79a59df900b949e55d96a1e698fbaced"];
const users = ["alice", "bob", "team/alice"];
const roles = ["Example", "path/Example", "team/path/Example", "Reader"];
const sessions = ["session", "xsession"];

const nobody = collectNames([], { accounts: [], services: [] });

/** The callers that a policy has which names these, and no keys of callers. */
function callersAround(entries: readonly PrincipalEntry[]): readonly Caller[] {
  return [...callersFor(collectNames(entries, { accounts: [], services: [] }), "aws")];
}

function sessionOf(account: string, role: string, session: string): Principal {
  const name = role.slice(role.lastIndexOf("/") + 1);
  const arn = `arn:aws:sts::${account}:assumed-role/${name}/${session}`;
  return { kind: "role-session", arn, roleArn: `arn:aws:iam::${account}:role/${role}`, account };
}

function federatedUser(account: string, name: string): Principal {
  return { kind: "federated", provider: `arn:aws:sts::${account}:federated-user/${name}`, account };
}

function arnOf(principal: Principal): string | undefined {
  if (principal.kind === "root") return `arn:aws:iam::${principal.account}:root`;
  if (principal.kind === "user") return principal.arn;
  return principal.kind === "role-session" ? principal.roleArn : undefined;
}

function sessionArnOf(principal: Principal): string | undefined {
  return principal.kind === "role-session" ? principal.arn : undefined;
}

function isAmong(arn: string, { arns }: Caller): boolean {
  if (arns === undefined) return false;
  const [inside, outside] = [arns.inside, arns.outside].map((patterns) =>
    patterns.some((pattern) => includes(pattern, arn)),
  );
  return inside === true && outside === false;
}

const somePrincipal: fc.Arbitrary<Principal> = fc.oneof(
  fc.constant<Principal>({ kind: "anonymous" }),
  fc
    .constantFrom(...services, "s3.amazonaws.com")
    .map((service): Principal => ({ kind: "service", service })),
  fc.constantFrom(...accounts, "999900001111").chain((account) =>
    fc.oneof(
      fc.constant<Principal>({ kind: "root", account }),
      fc.constantFrom(...users).map(
        (name): Principal => ({
          kind: "user",
          arn: `arn:aws:iam::${account}:user/${name}`,
          account,
        }),
      ),
      fc
        .tuple(fc.constantFrom(...roles), fc.constantFrom(...sessions))
        .map(([role, session]) => sessionOf(account, role, session)),
      fc.constantFrom(...users.slice(0, 2)).map((name) => federatedUser(account, name)),
      fc
        .constantFrom(...providers, "www.amazon.com")
        .map((provider): Principal => ({ kind: "federated", provider, account })),
      fc
        .constantFrom(...ids, "0")
        .map((id): Principal => ({ kind: "canonical-user", id, account })),
    ),
  ),
);

/** An entry that names the caller in one way or another; nothing but `*` names an anonymous one. */
const someEntry: fc.Arbitrary<PrincipalEntry> = somePrincipal.chain((principal) =>
  fc.constantFrom<PrincipalEntry>(...entriesFor(principal)),
);

function entriesFor(principal: Principal): readonly PrincipalEntry[] {
  const aws = (...values: readonly string[]) =>
    values.map((value) => ({ kind: "aws" as const, value }));
  switch (principal.kind) {
    case "anonymous":
      return [{ kind: "everyone" }];
    case "service":
      return [{ kind: "service", value: principal.service }];
    case "canonical-user":
      return [{ kind: "canonical-user", value: principal.id }];
    case "federated":
      return principal.provider.includes(":federated-user/")
        ? aws(principal.provider)
        : [{ kind: "federated", value: principal.provider }];
    case "root":
      return aws(principal.account, `arn:aws:iam::${principal.account}:root`);
    case "user":
      return aws(principal.arn);
    case "role-session":
      return aws(principal.arn, principal.roleArn);
  }
}

test("whoever calls, one of the callers stands for him", () => {
  const someEntries = fc.array(someEntry, { maxLength: 5 });
  fc.assert(
    fc.property(someEntries, somePrincipal, (entries, principal) => {
      const fate = (one: Principal) => entries.map((entry) => matchesPrincipal(entry, one)).join();
      const arn = arnOf(principal);
      const standsForHim = (caller: Caller) =>
        caller.example.kind === principal.kind &&
        fate(caller.example) === fate(principal) &&
        (caller.unnamed || groupOf(caller.example) === groupOf(principal)) &&
        (arn === undefined || isAmong(arn, caller));
      expect(callersAround(entries).some(standsForHim)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("who has an ARN that a caller may have is named by the same entries", () => {
  const someEntries = fc.array(someEntry, { maxLength: 5 });
  fc.assert(
    fc.property(someEntries, somePrincipal, (all, principal) => {
      const arn = arnOf(principal);
      if (arn === undefined) return;
      // The name of a session is not in the ARN of its role.
      const entries = all.filter((entry) => !JSON.stringify(entry).includes(":assumed-role/"));
      const fate = (one: Principal) => entries.map((entry) => matchesPrincipal(entry, one)).join();
      for (const caller of callersAround(all).filter((one) => isAmong(arn, one))) {
        expect([caller, fate(caller.example)]).toEqual([caller, fate(principal)]);
      }
    }),
    { numRuns: 1000 },
  );
});

/** What a policy can ask of a caller beside the ARN: the account or the service. */
function groupOf(principal: Principal): string | undefined {
  if (principal.kind === "service") return principal.service;
  return "account" in principal ? principal.account : undefined;
}

test("an example is one of those for whom it stands, and unnamed if nobody names its account", () => {
  fc.assert(
    fc.property(fc.array(someEntry, { maxLength: 5 }), (entries) => {
      const names = collectNames(entries, { accounts: [], services: [] });
      for (const caller of callersFor(names, "aws")) {
        const arn = arnOf(caller.example);
        expect(caller.arns?.example).toBe(arn);
        if (arn !== undefined) expect([arn, isAmong(arn, caller)]).toEqual([arn, true]);
        const group = groupOf(caller.example);
        const isNamed = [...names.accounts, ...names.services].includes(group ?? "");
        expect([caller, caller.unnamed]).toEqual([caller, group !== undefined && !isNamed]);
      }
    }),
    { numRuns: 300 },
  );
});

test("a named session may be one of any role of that name, whether that is named or not", () => {
  const [account = ""] = accounts;
  const named = `arn:aws:sts::${account}:assumed-role/Example/one`;
  const prefix = `arn:aws:iam::${account}:`;
  const entries = [
    named,
    ...["role/Example", "role/a/Example", "role/a/Other", "user/a/Example"].map(
      (it) => prefix + it,
    ),
    "arn:aws:iam::444455556666:role/b/Example",
  ].map((value) => ({ kind: "aws", value }) as const);
  const callers = callersAround(entries).filter(({ example }) => sessionArnOf(example) === named);
  expect(callers.map(({ example, unnamed }) => [example, unnamed])).toEqual(
    ["Example", "a/Example", "path/Example"].map((role) => [
      sessionOf(account, role, "one"),
      false,
    ]),
  );
  const candidates = ["Example", "a/Example", "b/Example", "b/a/Example", "a/Other", "xExample"];
  const rolesOf = (caller: Caller) =>
    candidates.filter((role) => isAmong(`${prefix}role/${role}`, caller));
  expect(callers.map(rolesOf)).toEqual([["Example"], ["a/Example"], ["b/Example", "b/a/Example"]]);
});

test("nobody has the id of a deleted role", () => {
  const deleted = { kind: "aws", value: "AROAJQABLZS4A3QDU576Q" } as const;
  const examples = (entries: readonly PrincipalEntry[]) =>
    callersAround(entries).map(({ example }) => example);
  expect(examples([deleted])).toEqual(examples([]));
});

test("where nobody is named, there is one caller of each kind", () => {
  const account = "444455556666";
  expect([...callersFor(nobody, "aws-cn")].map(({ example }) => example)).toEqual([
    { kind: "anonymous" },
    { kind: "user", account, arn: "arn:aws-cn:iam::444455556666:user/alice" },
    {
      kind: "role-session",
      account,
      arn: "arn:aws-cn:sts::444455556666:assumed-role/Example/session",
      roleArn: "arn:aws-cn:iam::444455556666:role/Example",
    },
    { kind: "root", account },
    { kind: "federated", account, provider: "accounts.google.com" },
    { kind: "canonical-user", account, id: "0123456789abcdef" },
    { kind: "service", service: "logging.s3.amazonaws.com" },
  ]);
});

test("a caller of another partition calls no bucket of this one", () => {
  const user = { kind: "aws", value: "arn:aws:iam::444455556666:user/alice" } as const;
  const names = collectNames([user], { accounts: [], services: [] });
  const examples = [...callersFor(names, "aws-cn")].map(({ example }) => JSON.stringify(example));
  expect(examples.filter((example) => example.includes("arn:aws:"))).toEqual([]);
});

test("names of their own are made up where all usual ones are taken", () => {
  const usual = ["444455556666", "777788889999", "111122223333", "123456789012"];
  const names = {
    ...nobody,
    accounts: [...usual, "900000000000"],
    services: ["logging.s3.amazonaws.com", "cloudtrail.amazonaws.com"],
    providers: ["accounts.google.com", "xaccounts.google.com"],
    arns: ["session", "xsession"].map(
      (session) => `arn:aws:sts::444455556666:assumed-role/Example/${session}`,
    ),
  };
  const first = (kind: string) =>
    [...callersFor(names, "aws")].find(({ example }) => example.kind === kind)?.example;
  const account = "900000000001";
  expect([first("root"), first("service"), first("federated"), first("role-session")]).toEqual([
    { kind: "root", account },
    { kind: "service", service: "xcloudtrail.amazonaws.com" },
    { kind: "federated", account, provider: "xxaccounts.google.com" },
    sessionOf(account, "Example", "xxsession"),
  ]);
});

test.each([
  [["444455556666", "777788889999"], "111122223333"],
  [["444455556666", "777788889999", "111122223333"], "123456789012"],
])("where %j are named, an account that nobody names is %s", (named, account) => {
  const callers = [...callersFor({ ...nobody, accounts: named }, "aws")];
  expect(callers.find(({ example }) => example.kind === "root")?.example).toEqual({
    kind: "root",
    account,
  });
});

test("names are collected once each, from principals and from keys of the caller", () => {
  const user = "arn:aws:iam::111122223333:user/ann";
  const entries: readonly PrincipalEntry[] = [
    { kind: "everyone" },
    { kind: "aws", value: user },
    { kind: "aws", value: user },
    { kind: "aws", value: "arn:aws:iam::444455556666:root" },
    { kind: "aws", value: "777788889999" },
    { kind: "aws", value: "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1" },
    { kind: "aws", value: "AROAJQABLZS4A3QDU576Q" },
    { kind: "service", value: "s3.amazonaws.com" },
    { kind: "federated", value: "example.com" },
    { kind: "canonical-user", value: "79a5" },
  ];
  const constants = {
    accounts: ["123456789012", "1111*", "0123456789012", "1234567890123"],
    services: ["s3.amazonaws.com", "sns.amazonaws.com"],
  };
  expect(collectNames(entries, constants)).toEqual({
    accounts: ["111122223333", "444455556666", "777788889999", "123456789012"],
    arns: [
      user,
      "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1",
      "AROAJQABLZS4A3QDU576Q",
    ],
    services: ["s3.amazonaws.com", "sns.amazonaws.com"],
    providers: ["example.com"],
    canonicalIds: ["79a5"],
  });
});

test.each([
  ["*.amazonaws.com", ["logging.s3.amazonaws.com"]],
  ["cloud*", ["cloudtrail.amazonaws.com"]],
  ["eks?amazonaws.com", []],
  ["${aws:username}", []],
])("%s names the services %j", (value, named) => {
  expect(collectNames([], { accounts: [], services: [value] }).services).toEqual(named);
});
