import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import type { Guarantee } from "../guarantees/guarantee.ts";
import { prove } from "../semantics/prove.ts";
import { parse } from "../syntax/parse.ts";
import { ensure } from "./ensure.ts";
import { ownedSids } from "./owned.ts";
import { remove } from "./remove.ts";

const where = { bucket: "b", partition: "aws" };
const sslOnly = guarantee("ssl-only", {}, where);
const kms = guarantee("kms-enforcement", {}, where);
const own = JSON.stringify(sslOnly.statements[0]);
const foreign =
  '{ "Sid":"reader",\t"Effect" : "Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role\\/r"},"Action":["s3:GetObject"],"Resource":"arn:aws:s3:::b/*"}';

function verdictOf(text: string, promise: Guarantee): string {
  const parsed = parse(text);
  return parsed.kind === "invalid" ? "invalid" : prove(parsed.policy, promise).kind;
}

test("a bucket without a policy gets a small one of its own", () => {
  expect(ensure(undefined, sslOnly)).toEqual({
    kind: "changed",
    text: `{"Version":"2012-10-17","Statement":[${own}]}`,
    added: ["BucketWardenSslOnly"],
    removed: [],
  });
});

test.each([
  {
    name: "an array",
    text: `{"Version":"2012-10-17","Statement":[${foreign}]}`,
    after: `{"Version":"2012-10-17","Statement":[${foreign},${own}]}`,
  },
  {
    name: "an array over several lines",
    text: `{\n  "Statement": [\n    ${foreign}\n  ],\n  "Id": "x"\n}\n`,
    after: `{\n  "Statement": [\n    ${foreign},\n    ${own}\n  ],\n  "Id": "x"\n}\n`,
  },
  {
    name: "a single statement, which becomes an array",
    text: `{"Statement":${foreign},"Version":"2008-10-17"}`,
    after: `{"Statement":[${foreign},${own}],"Version":"2008-10-17"}`,
  },
  {
    name: "no Version, which stays away",
    text: `{"Statement":[${foreign}]}`,
    after: `{"Statement":[${foreign},${own}]}`,
  },
])("statements of others keep every byte: $name", ({ text, after }) => {
  expect(ensure(text, sslOnly)).toMatchObject({ kind: "changed", text: after });
  expect(verdictOf(after, sslOnly)).toBe("proven");
  expect(ensure(after, sslOnly)).toEqual({ kind: "unchanged", why: "proven" });
});

test("a guarantee that is given in other words changes nothing", () => {
  const other = `{"Effect":"Deny","Principal":{"AWS":"*"},"NotAction":"iam:*","Resource":"*","Condition":{"BoolIfExists":{"aws:securetransport":false}}}`;
  const text = `{"Version":"2012-10-17","Statement":[${foreign},${other}]}`;
  expect(ensure(text, sslOnly)).toEqual({ kind: "unchanged", why: "proven" });
});

test("a statement with our Sid and another meaning is replaced, in every copy", () => {
  const spoilt = own.replace('"s3:*"', '"s3:GetObject"');
  const text = `{"Version":"2012-10-17","Statement":[${spoilt},${foreign},${spoilt}]}`;
  expect(ensure(text, sslOnly)).toEqual({
    kind: "changed",
    text: `{"Version":"2012-10-17","Statement":[${foreign},${own}]}`,
    added: ["BucketWardenSslOnly"],
    removed: ["BucketWardenSslOnly", "BucketWardenSslOnly"],
  });
});

test("of two statements that belong together only the missing one is added", () => {
  const [header, sseC] = kms.statements.map((statement) => JSON.stringify(statement));
  const text = `{"Version":"2012-10-17","Statement":[${header},${foreign}]}`;
  expect(ensure(text, kms)).toEqual({
    kind: "changed",
    text: `{"Version":"2012-10-17","Statement":[${header},${foreign},${sseC}]}`,
    added: ["BucketWardenKmsEnforcementSseC"],
    removed: [],
  });
});

test("another mode of the same guarantee replaces the statements of the old one", () => {
  const strict = guarantee("kms-enforcement", { mode: "header-required" }, where);
  const before = ensure(undefined, kms);
  const text = before.kind === "changed" ? before.text : "";
  expect(ensure(text, strict)).toMatchObject({
    kind: "changed",
    added: ["BucketWardenKmsEnforcement"],
    removed: ["BucketWardenKmsEnforcement", "BucketWardenKmsEnforcementSseC"],
  });
});

test.each([
  { name: "an invalid policy", text: '{"Statement":[{"Effect":"deny"}]}', code: "invalid-policy" },
  { name: "text that is no JSON", text: "not json", code: "invalid-policy" },
  {
    name: "a policy that names a deleted principal",
    text: `{"Statement":[${foreign.replace("arn:aws:iam::111122223333:role\\/r", "AROAJQABLZS4A3QDU576Q")}]}`,
    code: "dead-principal",
  },
  {
    name: "a policy that would not fit",
    text: `{"Statement":[${foreign.replace('"reader"', `"${"x".repeat(20_300)}"`)}]}`,
    code: "too-large",
  },
])("$name is refused and stays as it is", ({ text, code }) => {
  const result = ensure(text, sslOnly);
  expect(result).toMatchObject({ kind: "refused", code });
  expect(result.kind === "refused" && result.remedy).not.toBe("");
});

test("a policy whose statements are in doubt does not give a guarantee", () => {
  const doubtful = own.replace('{"aws:SecureTransport":"false"}', '{"aws:SecureTransport":"${x}"}');
  const text = `{"Version":"2012-10-17","Statement":[${doubtful.replace("BucketWarden", "")}]}`;
  const result = ensure(text, { ...sslOnly, statements: [] });
  expect(result).toMatchObject({ kind: "refused", code: "not-proven" });
  expect(result.kind === "refused" && result.why).toContain("statement 1 is in doubt");
});

test("a guarantee whose statements do not give it is refused", () => {
  const weak = sslOnly.statements.map((statement) => ({ ...statement, Action: "s3:Get*" }));
  const result = ensure(undefined, { ...sslOnly, statements: weak });
  expect(result).toMatchObject({ kind: "refused", code: "not-proven" });
  expect(result.kind === "refused" && result.why).toContain("s3:PutObject");
});

test("a guarantee without statements of its own is refused where it does not hold", () => {
  const bare = { ...sslOnly, statements: [] };
  for (const text of [undefined, `{"Statement":[${foreign}]}`]) {
    expect(ensure(text, bare)).toMatchObject({ kind: "refused", code: "not-proven" });
  }
  expect(ensure(`{"Statement":[${own}]}`, bare)).toEqual({ kind: "unchanged", why: "proven" });
});

test("a policy without statements gets one", () => {
  expect(ensure('{"Statement":[]}', sslOnly)).toMatchObject({ text: `{"Statement":[${own}]}` });
});

test("only Sids of ours are ours", () => {
  expect(
    ownedSids(`{"Statement":[${foreign},${foreign.replace('"Sid":"reader",', "")},${own}]}`),
  ).toEqual(["BucketWardenSslOnly"]);
});

test("remove takes out what ensure put in", () => {
  for (const text of [
    `{"Version":"2012-10-17","Statement":[${foreign}]}`,
    `{"Statement":[\n${foreign}]}`,
  ]) {
    const changed = ensure(text, sslOnly);
    const after = changed.kind === "changed" ? changed.text : "";
    expect(ownedSids(after)).toEqual(["BucketWardenSslOnly"]);
    expect(remove(after, ownedSids(after))).toEqual({
      kind: "changed",
      text,
      removed: ["BucketWardenSslOnly"],
    });
  }
});

test("a policy of which nothing would be left goes as a whole", () => {
  const text = `{"Version":"2012-10-17","Statement":[${own}]}`;
  expect(remove(text, sslOnly.sids)).toEqual({
    kind: "changed",
    text: undefined,
    removed: ["BucketWardenSslOnly"],
  });
  expect(remove(text, ["Another"])).toEqual({ kind: "unchanged", why: "not-there" });
});

test("20,480 bytes fit, one more does not", () => {
  const sized = (length: number) => {
    const text = (sid: string) => `{"Statement":[${foreign.replace("reader", sid)}]}`;
    return text("x".repeat(length - text("").length));
  };
  const room = 20_480 - `,${own}`.length;
  expect(ensure(sized(room), sslOnly).kind).toBe("changed");
  expect(ensure(sized(room + 1), sslOnly)).toMatchObject({ kind: "refused", code: "too-large" });
});
