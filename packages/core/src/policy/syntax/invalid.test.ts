import { expect, test } from "vitest";
import { parse } from "./parse.ts";

const statement = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const whole = (change: object) => JSON.stringify({ Statement: [{ ...statement, ...change }] });
const without = (element: keyof typeof statement) => whole({ [element]: undefined });

/** What is refused, with the codes and paths of the errors. */
test.each<{ name: string; text: string; errors: readonly string[] }>([
  { name: "an empty text", text: "", errors: ["policy.first-byte @ "] },
  { name: "white space before the brace", text: ` ${whole({})}`, errors: ["policy.first-byte @ "] },
  { name: "a byte order mark", text: `\ufeff${whole({})}`, errors: ["policy.first-byte @ "] },
  { name: "an array", text: `[${whole({})}]`, errors: ["policy.first-byte @ "] },
  { name: "a trailing comma", text: '{"Statement":[],}', errors: ["policy.not-json @ "] },
  { name: "a comment", text: '{/**/"Statement":[]}', errors: ["policy.not-json @ "] },
  { name: "single quotes", text: "{'Statement':[]}", errors: ["policy.not-json @ "] },
  { name: "text after the document", text: '{"Statement":[]}x', errors: ["policy.not-json @ "] },
  { name: "a raw line break in a string", text: '{"Id":"\n"}', errors: ["policy.not-json @ "] },
  { name: "an open string", text: '{"Id":"\\"}', errors: ["policy.not-json @ "] },
  { name: "a number with a leading zero", text: '{"Id":01}', errors: ["policy.not-json @ "] },
  { name: "a word that is none", text: '{"Id":nil}', errors: ["policy.not-json @ "] },
  {
    name: "a hundred thousand brackets",
    text: `{"Statement":${"[".repeat(100_000)}`,
    errors: ["policy.too-deep @ "],
  },
  { name: "no Statement", text: "{}", errors: ["policy.missing-element @ Statement"] },
  {
    name: "a statement that is no object",
    text: '{"Statement":["x"]}',
    errors: ["policy.wrong-type @ Statement[0]"],
  },
  {
    name: "a Version of one's own",
    text: JSON.stringify({ Version: "2026-01-01", Statement: [] }),
    errors: ["policy.version @ Version"],
  },
  {
    name: "an Id that is no string",
    text: JSON.stringify({ Id: 1, Statement: [] }),
    errors: ["policy.wrong-type @ Id"],
  },
  {
    name: "a Sid that is no string",
    text: whole({ Sid: 1 }),
    errors: ["policy.wrong-type @ Statement[0].Sid"],
  },
  {
    name: "deny",
    text: whole({ Effect: "deny" }),
    errors: ["policy.effect @ Statement[0].Effect"],
  },
  {
    name: "no Effect",
    text: without("Effect"),
    errors: ["policy.missing-element @ Statement[0].Effect"],
  },
  {
    name: "no Principal",
    text: without("Principal"),
    errors: ["policy.missing-element @ Statement[0].Principal"],
  },
  {
    name: "no Action",
    text: without("Action"),
    errors: ["policy.missing-element @ Statement[0].Action"],
  },
  {
    name: "no Resource",
    text: without("Resource"),
    errors: ["policy.missing-element @ Statement[0].Resource"],
  },
  {
    name: "Action beside NotAction",
    text: whole({ NotAction: "s3:GetObject" }),
    errors: ["policy.conflicting-elements @ Statement[0].NotAction"],
  },
  {
    name: "Principal beside NotPrincipal",
    text: whole({ NotPrincipal: { AWS: "111122223333" } }),
    errors: ["policy.conflicting-elements @ Statement[0].NotPrincipal"],
  },
  {
    name: "an action in lower-case letters as element name",
    text: whole({ action: "s3:*" }),
    errors: ["policy.unknown-element @ Statement[0].action"],
  },
  {
    name: "an element called __proto__",
    text: '{"__proto__":{"x":1},"Statement":[]}',
    errors: ['policy.unknown-element @ ["__proto__"]'],
  },
  {
    name: "an action that is no string",
    text: whole({ Action: ["s3:*", 1] }),
    errors: ["policy.wrong-type @ Statement[0].Action"],
  },
  {
    name: "an action that is no list",
    text: whole({ Action: 1 }),
    errors: ["policy.wrong-type @ Statement[0].Action"],
  },
  {
    name: "a principal that is no string",
    text: whole({ Principal: { AWS: 1 } }),
    errors: ["policy.wrong-type @ Statement[0].Principal.AWS"],
  },
  {
    name: "a fault in a statement that is not in a list",
    text: JSON.stringify({ Statement: { ...statement, Effect: "deny" } }),
    errors: ["policy.effect @ Statement.Effect"],
  },
  {
    name: "one element twice, once in another statement",
    text: `{"Statement":[${JSON.stringify(statement).replace("{", '{"Effect":"Allow",')}]}`,
    errors: ["policy.duplicate-key @ Statement[0].Effect"],
  },
  {
    name: "one operator twice",
    text: whole({}).replace('{"Bool"', '{"Bool":{},"Bool"'),
    errors: ["policy.duplicate-key @ Statement[0].Condition.Bool"],
  },
  {
    name: "one top-level element twice, escaped once",
    text: '{"Statement":[],"\\u0053tatement":[]}',
    errors: ["policy.duplicate-key @ Statement"],
  },
  {
    name: "a Condition that is a list",
    text: whole({ Condition: [] }),
    errors: ["policy.wrong-type @ Statement[0].Condition"],
  },
  {
    name: "an operator without keys",
    text: whole({ Condition: { Bool: "false" } }),
    errors: ["policy.wrong-type @ Statement[0].Condition.Bool"],
  },
  {
    name: "null as a condition value",
    text: whole({ Condition: { Bool: { k: null } } }),
    errors: ["policy.wrong-type @ Statement[0].Condition.Bool.k"],
  },
  ...[
    ["a principal that is a plain ARN", "arn:aws:iam::111122223333:root"],
    ["a wildcard as the kind of principal", { "*": "*" }, '["*"]'],
    ["a kind of principal in another case", { aws: "111122223333" }, ".aws"],
    ["a wildcard in an ARN", { AWS: "arn:aws:iam::111122223333:role/*" }, ".AWS"],
    ["a wildcard in a service", { Service: "*.amazonaws.com" }, ".Service"],
    ["a group", { AWS: "arn:aws:iam::111122223333:group/g" }, ".AWS"],
    ["an account that is too short", { AWS: "11112222333" }, ".AWS"],
    ["an account that is too long", { AWS: "1111222233334" }, ".AWS"],
    ["an account after a letter", { AWS: "x111122223333" }, ".AWS"],
    ["everyone as a service", { Service: "*" }, ".Service"],
    ["an account that is a placeholder", { AWS: "arn:aws:iam::ACCOUNT_ID:root" }, ".AWS"],
  ].map(([name, Principal, path = ""]) => ({
    name: String(name),
    text: whole({ Principal }),
    errors: [`policy.invalid-principal @ Statement[0].Principal${String(path)}`],
  })),
])("$name is invalid", ({ text, errors }) => {
  const { kind, diagnostics } = parse(text);
  const found = diagnostics.filter(({ severity }) => severity === "error");
  expect(kind).toBe("invalid");
  expect(found.map(({ code, path }) => `${code} @ ${path}`)).toEqual(errors);
});

test.each([
  ["an account", { AWS: "111122223333" }],
  ["an account's root", { AWS: "arn:aws-cn:iam::111122223333:root" }],
  ["a user with a path", { AWS: "arn:aws:iam::111122223333:user/a/b" }],
  ["a role", { AWS: ["arn:aws-us-gov:iam::111122223333:role/r"] }],
  ["a role session", { AWS: "arn:aws:sts::111122223333:assumed-role/r/s" }],
  ["a federated user", { AWS: "arn:aws:sts::111122223333:federated-user/u" }],
  ["an origin access identity", { AWS: "arn:aws:iam::cloudfront:user/CloudFront Origin X" }],
  ["a service", { Service: ["logging.s3.amazonaws.com"] }],
  ["a provider", { Federated: "cognito-identity.amazonaws.com" }],
  ["a canonical user like the id of a role", { CanonicalUser: "AROAJQABLZS4A3QDU576Q" }],
  ["a canonical user", { CanonicalUser: "79a59df900b949e55d96a1e698fbaced" }],
])("%s is a valid principal", (_name, Principal) => {
  expect(parse(whole({ Principal })).diagnostics).toEqual([]);
});

test("the id of a deleted role is told, for S3 gives it back but does not take it", () => {
  const { kind, diagnostics } = parse(whole({ Principal: { AWS: "AROAJQABLZS4A3QDU576Q" } }));
  expect([kind, ...diagnostics.map(({ code }) => code)]).toEqual([
    "parsed",
    "policy.dead-principal",
  ]);
});

test("the place of a fault in the text is told in lines and columns", () => {
  const [fault] = parse('{\n  "Statement": [\n    }').diagnostics;
  expect(fault?.message).toBe('expected a value, found "}" (line 3, column 5)');
});

/** What is said beside the code, where the code alone does not tell the author enough. */
test.each([
  [
    { Principal: { AWS: "arn:aws:iam::ID:root" } },
    "arn:aws:iam::ID:root: the account is not twelve digits",
  ],
  [
    { Principal: { AWS: "ann" } },
    "ann: is neither an account of twelve digits nor the ARN of a user, role or session",
  ],
  [{ Principal: { AWS: "a*" } }, "a*: a wildcard cannot stand for a part of a principal"],
  [{ Condition: 1 }, "Condition must be an object of operators"],
  [{ Condition: { Bool: 1 } }, "an operator must hold an object of condition keys"],
])("%j: %s", (change, message) => {
  expect(parse(whole(change)).diagnostics.map((found) => found.message)).toEqual([message]);
});

test.each([
  [{ Effect: "ALLOW" }, "Allow"],
  [{ Effect: "deny" }, "Deny"],
  [{ Effect: "Block" }, undefined],
  [{ Effect: 1 }, undefined],
])("for %j the remedy is %s", (change, didYouMean) => {
  expect(parse(whole(change)).diagnostics.map((found) => found.didYouMean)).toEqual([didYouMean]);
});

test("for a Version of one's own the remedy is that of today", () => {
  const [found] = parse(JSON.stringify({ Version: "2026", Statement: [statement] })).diagnostics;
  expect(found?.didYouMean).toBe("2012-10-17");
});

test.each([
  [{ Effect: "deny" }, "policy.effect"],
  [{ Principal: { aws: "111122223333" } }, "policy.invalid-principal"],
])("a statement that cannot be read is not judged any further: %j", (change, code) => {
  const { diagnostics } = parse(whole({ ...change, Action: "s3:GetObjekt" }));
  expect(diagnostics.map((found) => found.code)).toEqual([code]);
});

test.each([
  ["Principal", { Principal: {} }],
  ["Action", { Action: [] }],
  ["Condition.StringEquals.k:a", { Condition: { StringEquals: { "k:a": [] } } }],
])("an empty list is told: %s", (path, change) => {
  const { diagnostics } = parse(whole(change));
  const found = diagnostics.filter(({ code }) => code === "policy.empty-list");
  expect(found.map((one) => [one.severity, one.path])).toEqual([
    ["warning", `Statement[0].${path.replace("k:a", "").replace(/\.$/, '["k:a"]')}`],
  ]);
});
