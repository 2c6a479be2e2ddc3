import { expect, test } from "vitest";
import { InputError } from "../../kernel/index.ts";
import { prove } from "../semantics/prove.ts";
import type { Policy } from "../syntax/document.ts";
import { parse } from "../syntax/parse.ts";
import { guarantee } from "./catalogue.ts";
import type { OwnStatement } from "./guarantee.ts";

const where = { bucket: "example-bucket", partition: "aws" };
const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const ready: readonly (readonly [string, Record<string, unknown>])[] = [
  ["ssl-only", {}],
  ["ssl-only", { services: "included" }],
  ["tls-minimum", { minimum: "1.2" }],
  ["tls-minimum", { minimum: "1.3" }],
  ["kms-enforcement", {}],
  ["kms-enforcement", { mode: "header-optional", dsse: "required" }],
  ["kms-enforcement", { mode: "header-optional", services: "exempt" }],
  ["kms-enforcement", { mode: "header-required" }],
  ["kms-enforcement", { mode: "header-required", dsse: "required", services: "included" }],
  ["kms-enforcement", { mode: "key-pinned", keyArn }],
  ["kms-enforcement", { mode: "key-pinned", keyArn, dsse: "required" }],
  ["sse-c-denied", {}],
  ["sse-c-denied", { services: "exempt" }],
  ["presigned-max-age", { seconds: 900 }],
  ["org-only", { orgId: "o-a1b2c3d4e5" }],
];

function policyOf(statements: readonly OwnStatement[]): Policy | undefined {
  if (statements.length === 0) return undefined;
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.policy;
}

test.each(ready)("%s %j: its statements give it, and each of them is needed", (name, params) => {
  const promise = guarantee(name, params, where);
  expect(prove(policyOf(promise.statements), promise).kind).toBe("proven");
  for (const left of promise.statements) {
    const fewer = promise.statements.filter((statement) => statement !== left);
    expect(prove(policyOf(fewer), promise).kind).toBe("refuted");
  }
});

test.each(ready)("%s %j: it is plain data, and its Sids are its own", (name, params) => {
  const promise = guarantee(name, params, where);
  expect(JSON.parse(JSON.stringify(promise))).toEqual(promise);
  for (const { Sid } of promise.statements) {
    expect(promise.sids).toContain(Sid);
    expect(Sid).toMatch(/^BucketWarden[A-Za-z]+$/);
  }
});

test.each([
  ["tls-minimum", {}, "minimum"],
  ["tls-minimum", { minimum: 1.2 }, "minimum"],
  ["tls-minimum", { minimum: "1.1" }, "minimum"],
  ["kms-enforcement", { mode: "strict" }, "mode"],
  ["kms-enforcement", { mode: "key-pinned" }, "keyArn"],
  ["kms-enforcement", { mode: "key-pinned", keyArn: keyArn.replace("key/", "alias/") }, "keyArn"],
  ["kms-enforcement", { dsse: true }, "dsse"],
  ["presigned-max-age", { seconds: 0 }, "seconds"],
  ["presigned-max-age", { seconds: 604_801 }, "seconds"],
  ["presigned-max-age", { seconds: 1.5 }, "seconds"],
  ["presigned-max-age", { seconds: "900" }, "seconds"],
  ["org-only", {}, "orgId"],
  ["org-only", { orgId: "r-abcd" }, "orgId"],
  ["ssl-only", { strict: true }, "strict"],
])("%s %j is refused, and the message names %s", (name, params, place) => {
  const make = () => guarantee(name, params, where);
  expect(make).toThrow(InputError);
  expect(make).toThrow(`guarantee ${name}, parameter ${place}:`);
});

test("a guarantee that nobody knows is refused with the names of those that exist", () => {
  expect(() => guarantee("tls", {}, where)).toThrow(/Give one of ssl-only, tls-minimum/);
});

test.each(["", "b*", "b/c", "arn:aws:s3:::b"])("the bucket name %j is refused", (bucket) => {
  expect(() => guarantee("ssl-only", {}, { bucket, partition: "aws" })).toThrow(InputError);
});

test("the ARNs carry the partition", () => {
  const promise = guarantee("ssl-only", {}, { bucket: "b-cn", partition: "aws-cn" });
  expect(promise.statements[0]?.Resource).toEqual([
    "arn:aws-cn:s3:::b-cn",
    "arn:aws-cn:s3:::b-cn/*",
  ]);
  expect(prove(policyOf(promise.statements), promise).kind).toBe("proven");
});

test("whoever names a key wants it pinned", () => {
  const named = guarantee("kms-enforcement", { keyArn }, where);
  expect(named).toEqual(guarantee("kms-enforcement", { mode: "key-pinned", keyArn }, where));
});
