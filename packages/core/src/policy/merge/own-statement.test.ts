import { expect, test } from "vitest";
import type { OwnStatement } from "../guarantees/guarantee.ts";
import { ensureStatement } from "./ensure.ts";

const foreign =
  '{ "Sid":"reader",\t"Effect" : "Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role\\/r"},"Action":["s3:GetObject"],"Resource":"arn:aws:s3:::b/*"}';

const grant: OwnStatement = {
  Sid: "BucketWardenLogDelivery",
  Effect: "Allow",
  Principal: { Service: "logging.s3.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::b/*",
  Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
};

test("a grant is added once, and replaced when it says something else", () => {
  const first = ensureStatement(undefined, grant);
  const text = first.kind === "changed" ? first.text : "";
  expect(ensureStatement(text, grant)).toEqual({ kind: "unchanged", why: "proven" });
  const spaced = text.replace('"Action":"s3:PutObject"', '"Action": ["s3:PutObject"]');
  expect(ensureStatement(spaced, grant)).toEqual({ kind: "unchanged", why: "proven" });
  const moved = { ...grant, Resource: "arn:aws:s3:::b/logs/*" };
  expect(ensureStatement(text, moved)).toMatchObject({
    added: ["BucketWardenLogDelivery"],
    removed: ["BucketWardenLogDelivery"],
  });
});

const wide: OwnStatement = {
  ...grant,
  Principal: { AWS: ["111122223333", "444455556666"] },
  Action: ["s3:GetObject", "s3:PutObject"],
  Condition: {
    StringEquals: { "aws:SourceAccount": ["111122223333", "444455556666"] },
    Bool: { "aws:SecureTransport": "true" },
  },
};
const { Condition: conditions, ...unconditional } = wide;

test.each<readonly [string, object, "unchanged" | "changed"]>([
  [
    "the same values in another order",
    { ...wide, Action: ["s3:PutObject", "s3:GetObject"] },
    "unchanged",
  ],
  [
    "the same callers in another order",
    { ...wide, Principal: { AWS: ["444455556666", "111122223333"] } },
    "unchanged",
  ],
  [
    "the same conditions in another order",
    {
      ...wide,
      Condition: { Bool: conditions?.["Bool"], StringEquals: conditions?.["StringEquals"] },
    },
    "unchanged",
  ],
  ["another caller", { ...wide, Principal: { AWS: ["111122223333", "777788889999"] } }, "changed"],
  ["fewer callers", { ...wide, Principal: { AWS: "111122223333" } }, "changed"],
  [
    "all callers but these",
    { ...wide, Principal: undefined, NotPrincipal: wide.Principal },
    "changed",
  ],
  ["all actions but these", { ...wide, Action: undefined, NotAction: wide.Action }, "changed"],
  ["another effect", { ...wide, Effect: "Deny" }, "changed"],
  ["no condition", unconditional, "changed"],
])("a statement of ours with %s: %s", (_what, statement, kind) => {
  const text = `{"Version":"2012-10-17","Statement":[${JSON.stringify(statement)}]}`;
  expect(ensureStatement(text, wide).kind).toBe(kind);
});

test("a second copy of a statement of ours goes", () => {
  const one = JSON.stringify(grant);
  expect(ensureStatement(`{"Statement":[${one},${foreign},${one}]}`, grant)).toEqual({
    kind: "changed",
    text: `{"Statement":[${one},${foreign}]}`,
    added: [],
    removed: ["BucketWardenLogDelivery"],
  });
});

test("a statement of one's own that AWS would not accept is a mistake of the program", () => {
  const wrong = { ...grant, Effect: "allow" } as unknown as OwnStatement;
  for (const text of [undefined, `{"Statement":[${JSON.stringify(grant)}]}`]) {
    expect(() => ensureStatement(text, wrong)).toThrow("cannot be read back");
  }
});
