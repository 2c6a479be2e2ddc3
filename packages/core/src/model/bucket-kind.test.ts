import { expect, test } from "vitest";
import { otherKindFrom, otherKindOf } from "./bucket-kind.ts";

test.each([
  "invoices",
  "fast-x-s3",
  "x-s3--fast",
  "s3alias",
  "mrap",
  "team-111122223333-eu-west-1-an",
  "arn:aws:s3:::invoices",
  "arn:aws-cn:s3:::invoices",
  "",
])("%j may be a general purpose bucket", (name) => {
  expect(otherKindOf(name)).toBeUndefined();
});

test.each([
  ["fast--euw1-az1--x-s3", "a directory bucket"],
  ["arn:aws:s3:::fast--euw1-az1--x-s3", "a directory bucket"],
  ["arn:aws:s3express:eu-west-1:111122223333:bucket/fast--euw1-az1--x-s3", "a directory bucket"],
  ["63a8e430-6e0b-46f5-k833abtwr6s8tmtsycedn8s4yc3xhuse1b--table-s3", "a table bucket"],
  ["arn:aws:s3tables:eu-west-1:111122223333:bucket/orders", "a table bucket"],
  ["arn:aws:s3tables:eu-west-1:111122223333:bucket/orders/table/1", "a table bucket"],
  ["arn:aws-us-gov:s3vectors:us-gov-west-1:111122223333:bucket/faces", "a vector bucket"],
  ["arn:aws:s3-outposts:eu-west-1:111122223333:outpost/op-1/bucket/b", "a bucket on Outposts"],
  ["ap-abcdefghij1234567890-s3alias", "an alias of an access point"],
  ["reader--euw1-az1--xa-s3", "an alias of an access point"],
  ["lambda-abcdefghij1234567890--ol-s3", "an alias of an access point"],
  ["mfzwi23gnjvgw.mrap", "a Multi-Region Access Point"],
])("%s is %s", (name, what) => {
  expect(otherKindOf(name)?.what).toBe(what);
});

test.each([
  ["s3express.amazonaws.com", "a directory bucket"],
  ["s3tables.amazonaws.com", "a table bucket"],
  ["s3vectors.amazonaws.com", "a vector bucket"],
  ["s3-outposts.amazonaws.com", "a bucket on Outposts"],
  ["s3.amazonaws.com", undefined],
  ["constructor", undefined],
])("what %s records is about %s", (source, what) => {
  expect(otherKindFrom(source)?.what).toBe(what);
});
