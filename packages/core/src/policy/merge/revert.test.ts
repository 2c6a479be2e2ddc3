import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import { ensure } from "./ensure.ts";
import { revert } from "./revert.ts";

const where = { bucket: "b", partition: "aws" };
const sslOnly = guarantee("ssl-only", {}, where);
const own = JSON.stringify(sslOnly.statements[0]);
const spoilt = own.replace('"s3:*"', '"s3:GetObject"');
const foreign =
  '{ "Sid":"reader",\t"Effect" : "Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role\\/r"},"Action":["s3:GetObject"],"Resource":"arn:aws:s3:::b/*"}';
const later = foreign.replace("reader", "later");
const nameless = foreign.replace('"Sid":"reader",', "");

function whole(...statements: readonly string[]): string {
  return `{ "Version":"2012-10-17",\n "Statement": [ ${statements.join(",\n")} ] }`;
}

/** What `ensure` writes into a policy. */
function written(before: string | undefined): string {
  const result = ensure(before, sslOnly);
  if (result.kind !== "changed") throw new Error(result.kind);
  return result.text;
}

test.each<{ name: string; before: string | undefined; now?: string; after: string | undefined }>([
  { name: "a policy that was not there goes", before: undefined, after: undefined },
  { name: "what was there comes back as it was", before: whole(foreign), after: whole(foreign) },
  { name: "a replaced statement comes back", before: whole(spoilt), after: whole(spoilt) },
  {
    name: "a policy that is only foreign now stays",
    before: undefined,
    now: whole(own, later),
    after: whole(later),
  },
  {
    name: "later statements keep their bytes",
    before: whole(foreign),
    now: whole(foreign, own, later),
    after: whole(foreign, later),
  },
  {
    name: "later statements keep their bytes where one comes back",
    before: whole(spoilt, foreign),
    now: whole(foreign, own, later),
    after: `{ "Version":"2012-10-17",\n "Statement": [ ${foreign},\n${later},\n${spoilt} ] }`,
  },
  {
    name: "what others removed since stays away",
    before: whole(foreign, nameless),
    now: whole(own, nameless),
    after: whole(nameless),
  },
  {
    name: "ours is found when S3 gives it back in another order",
    before: whole(foreign),
    now: whole(later, own.replace('"Action":"s3:*"', '"Action":["s3:*"]')),
    after: whole(later),
  },
  {
    name: "what was replaced comes back into a bucket whose policy is gone",
    before: whole(spoilt),
    now: undefined as never,
    after: `{"Version":"2012-10-17","Statement":[${spoilt}]}`,
  },
])("$name", (row) => {
  const now = "now" in row ? row.now : written(row.before);
  const result = revert(now, { before: row.before, written: written(row.before) });
  expect(result).toEqual({ kind: "changed", text: row.after });
  // Twice is once.
  const write = { before: row.before, written: written(row.before) };
  expect(revert(row.after, write)).toEqual({ kind: "unchanged" });
});

test.each<{ name: string; before: string | undefined; now: string | undefined }>([
  { name: "somebody took ours out already", before: whole(foreign), now: whole(foreign, later) },
  { name: "the policy is gone", before: whole(foreign), now: undefined },
  { name: "the replaced one is back", before: whole(spoilt), now: whole(spoilt, later) },
])("nothing is left to take back when $name", ({ before, now }) => {
  expect(revert(now, { before, written: written(before) })).toEqual({ kind: "unchanged" });
});

test.each<{ name: string; before: string | undefined; now: string; old?: string }>([
  { name: "ours was changed", before: whole(foreign), now: whole(foreign, spoilt) },
  {
    name: "ours, which replaced another, was changed",
    before: whole(own.replace('"s3:*"', '"s3:PutObject"')),
    now: whole(spoilt),
    old: own.replace('"s3:*"', '"s3:PutObject"'),
  },
])("$name since: a conflict with all three versions", ({ before, now, old }) => {
  expect(revert(now, { before, written: written(before) })).toEqual({
    kind: "conflict",
    conflicts: [
      {
        statement: "BucketWardenSslOnly",
        ...(old === undefined ? {} : { before: old }),
        written: own,
        now: spoilt,
      },
    ],
  });
});

test("taking a taking-back back writes ours again, beside what came meanwhile", () => {
  const before = whole(foreign);
  const ours = written(before);
  expect(revert(before, { before: ours, written: before })).toEqual({
    kind: "changed",
    text: ours,
  });
  expect(revert(whole(foreign, later), { before: ours, written: before })).toEqual({
    kind: "changed",
    text: `{ "Version":"2012-10-17",\n "Statement": [ ${foreign},\n${later},\n${own} ] }`,
  });
});

test("what was written comes back byte for byte as long as nobody came after", () => {
  const before = `{ "Version":"2012-10-17", "Statement": ${foreign} }`;
  const write = { before, written: written(before) };
  expect(revert(write.written, write)).toEqual({ kind: "changed", text: before });
});

test("the policy goes when all that is left of it is ours, in other words", () => {
  const now = whole(own.replace('"Action":"s3:*"', '"Action":["s3:*"]'));
  const write = { before: undefined, written: written(undefined) };
  expect(revert(now, write)).toEqual({ kind: "changed", text: undefined });
});

test("a statement that stood there twice is not taken for one", () => {
  const write = { before: whole(foreign), written: whole(foreign, foreign) };
  expect(revert(whole(foreign, foreign, later), write)).toEqual({
    kind: "changed",
    text: whole(foreign, later),
  });
});

test("a statement that was taken out is in conflict with what has its Sid now", () => {
  const other = foreign.replace("s3:GetObject", "s3:PutObject");
  const write = { before: whole(foreign), written: whole(later) };
  expect(revert(whole(later, other), write)).toEqual({
    kind: "conflict",
    conflicts: [{ statement: "reader", before: foreign, now: other }],
  });
});

test("statements without a name have nothing in common", () => {
  const other = nameless.replace("s3:GetObject", "s3:PutObject");
  const write = { before: whole(nameless), written: whole(later) };
  expect(revert(whole(later, other), write)).toEqual({
    kind: "changed",
    text: whole(other, JSON.stringify(JSON.parse(nameless))),
  });
});

test("a policy that cannot be read is left alone, and so is one whose write cannot be", () => {
  const invalid = { kind: "refused", code: "invalid-policy" };
  const write = { before: undefined, written: written(undefined) };
  expect(revert("not json", write)).toMatchObject(invalid);
  expect(revert(whole(foreign), { ...write, before: "not json" })).toMatchObject(invalid);
  expect(revert(whole(foreign), { ...write, written: "not json" })).toMatchObject(invalid);
  expect(revert("not json", { ...write, before: "not json" })).toEqual({ kind: "unchanged" });
});

test("a policy that names a deleted principal is left alone, since S3 would refuse it", () => {
  const dead = foreign.replace("arn:aws:iam::111122223333:role\\/r", "AROAJQABLZS4A3QDU576Q");
  const write = { before: undefined, written: written(undefined) };
  expect(revert(whole(dead, own), write)).toMatchObject({
    kind: "refused",
    code: "dead-principal",
  });
});
