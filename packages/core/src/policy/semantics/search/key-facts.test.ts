import { expect, test } from "vitest";
import type { Principal } from "../request.ts";
import {
  actionsWith,
  followsFromBucket,
  hintsFor,
  isAbsentFor,
  isNeverEmpty,
  mayHaveSeveralValues,
} from "./key-facts.ts";

test.each<readonly [string, boolean]>([
  ["aws:sourcevpce", true],
  ["s3:x-amz-acl", true],
  ["s3:prefix", false],
  ["aws:useragent", false],
])("a value of %s has a character at least: %s", (key, expected) => {
  expect(isNeverEmpty(key)).toBe(expected);
});

test.each<readonly [string, boolean]>([
  ["aws:tagkeys", true],
  ["aws:useragent", false],
  ["s3:prefix", false],
  ["glacier:archiveageindays", false],
  ["saml:aud", true],
  ["example.com/aws:sub", true],
])("a request may have several values for %s: %s", (key, expected) => {
  expect(mayHaveSeveralValues(key)).toBe(expected);
});

test.each<readonly [string, boolean]>([
  ["aws:resourceaccount", true],
  ["aws:resourceaccounts", false],
  ["aws:resourcetag/team", true],
  ["aws:requesttag/team", false],
])("%s follows from the bucket: %s", (key, expected) => {
  expect(followsFromBucket(key)).toBe(expected);
});

const anonymous: Principal = { kind: "anonymous" };
const service: Principal = { kind: "service", service: "logging.s3.amazonaws.com" };
const root: Principal = { kind: "root", account: "111122223333" };

test.each<readonly [string, readonly [boolean, boolean, boolean]]>([
  ["aws:useragent", [false, false, false]],
  ["aws:sourcearn", [true, false, true]],
  ["aws:principaltag/team", [true, true, false]],
  ["aws:multifactorauthage", [true, true, false]],
  ["aws:calledvialast", [true, true, false]],
  ["s3:signatureage", [true, false, false]],
])("anonymous callers, services and people do not have %s: %j", (key, absent) => {
  expect([anonymous, service, root].map((one) => isAbsentFor(key, one))).toEqual(absent);
});

test("some keys are of a few actions, and a witness has a value that reads well", () => {
  expect(actionsWith("s3:delimiter")).toEqual(["s3:ListBucket", "s3:ListBucketVersions"]);
  expect(actionsWith("aws:useragent")).toBeUndefined();
  expect(hintsFor("aws:useragent")).toEqual(["curl/8.0", "example"]);
  expect(hintsFor("aws:referer")).toEqual(["example"]);
});
