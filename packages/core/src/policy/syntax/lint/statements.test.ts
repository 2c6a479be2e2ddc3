import { expect, test } from "vitest";
import { parse } from "../parse.ts";

const get = {
  Effect: "Allow",
  Principal: { AWS: "111122223333" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::b/*",
};
const all = { ...get, Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const lockOut = "policy.lock-out @ Statement";
const misleading = "policy.misleading-sid @ Statement.Sid";

/** `code @ path` of everything that is reported. */
function advice(document: object): readonly string[] {
  return parse(JSON.stringify(document)).diagnostics.map(({ code, path }) => `${code} @ ${path}`);
}

test.each<readonly [string, object, readonly string[]]>([
  ["an Allow that calls itself Deny", { ...get, Sid: "DenyAll" }, [misleading]],
  ["an Allow that calls itself so", { ...get, Sid: "AllowReading" }, []],
  ["a Deny that calls itself so", { ...all, Action: "s3:Get*", Sid: "DenyReading" }, []],
  ["an Allow with another name", { ...get, Sid: "Reading" }, []],
  ["a Deny of everything", all, [lockOut]],
  [
    "a Deny of everything to everyone, one account included",
    { ...all, Principal: { AWS: ["111122223333", "*"] } },
    [lockOut],
  ],
  ["a Deny of everything to one account", { ...all, Principal: get.Principal }, []],
  [
    "a Deny of everything to all but one",
    { ...all, Principal: undefined, NotPrincipal: get.Principal },
    [],
  ],
  [
    "a Deny of everything to all but everyone",
    { ...all, Principal: undefined, NotPrincipal: "*" },
    [],
  ],
  [
    "a Deny of reading and of the policy",
    { ...all, Action: ["s3:GetObject", "s3:PutBucketPolicy"] },
    [lockOut],
  ],
  ["a Deny of reading", { ...all, Action: "s3:GetObject" }, []],
  [
    "a Deny of all but reading",
    { ...all, Action: undefined, NotAction: "s3:GetObject" },
    [lockOut],
  ],
  [
    "a Deny of all but the policy",
    { ...all, Action: undefined, NotAction: ["s3:GetObject", "s3:PutBucketPolicy"] },
    [],
  ],
  ["an Allow of everything", { ...all, Effect: "Allow" }, []],
  [
    "a Deny with a condition",
    { ...all, Condition: { Bool: { "aws:SecureTransport": "false" } } },
    [],
  ],
])("%s: %s", (_what, statement, expected) => {
  expect(advice({ Version: "2012-10-17", Statement: statement })).toEqual(expected);
});

test("statements without a name have no name in common", () => {
  expect(advice({ Statement: [get, get] })).toEqual([]);
  expect(advice({ Statement: [{ ...get, Sid: "" }, { ...get, Sid: "" }, get] })).toEqual([]);
});

test("20,480 bytes are not too many", () => {
  const empty = JSON.stringify({ Id: "", Statement: get }).length;
  const bytes = (count: number) => advice({ Id: "x".repeat(count - empty), Statement: get });
  expect([bytes(20_480), bytes(20_481)]).toEqual([[], ["policy.too-large @ "]]);
});

test("what stands alone has no number in its path, and a NotResource is called so", () => {
  const { Resource: _resource, ...rest } = get;
  const statement = { ...rest, NotResource: "b/*" };
  expect(advice({ Statement: statement })).toEqual([
    "policy.resource-not-arn @ Statement.NotResource",
  ]);
  expect(advice({ Statement: [statement] })).toEqual([
    "policy.resource-not-arn @ Statement[0].NotResource",
  ]);
});
