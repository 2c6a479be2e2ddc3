import { expect, test } from "vitest";
import { firstOwn, parseOwnResources } from "./own-resources.ts";

test("a list of names and ARNs is read, whatever space is around them", () => {
  expect(parseOwnResources("bucket-warden*, arn:aws:sns:*:*:alerts", "SETTING")).toEqual([
    "bucket-warden*",
    "arn:aws:sns:*:*:alerts",
  ]);
});

test.each(["", "*", "a*", "**", "arn:aws:*:*:*:*", "warden,", "with space", "{x}warden"])(
  "%j is refused, because it does not say what is ours",
  (text) => {
    expect(() => parseOwnResources(text, "SETTING")).toThrow(/^SETTING: .* does not say what is/);
  },
);

test.each<[string, string, boolean]>([
  ["bucket-warden*", "bucket-warden", true],
  ["bucket-warden*", "/aws/lambda/bucket-warden-intake", true],
  ["bucket-warden*", "arn:aws:events:eu-west-1:1:rule/bus/bucket-warden-s3", true],
  ["bucket-warden*", "not-bucket-warden", false],
  ["warden", "bucket-warden", false],
  ["arn:aws:lambda:eu-west-1:1:function:w", "arn:aws:lambda:eu-west-1:1:function:w", true],
  ["arn:aws:lambda:eu-west-1:1:function:w", "arn:aws:lambda:eu-west-1:1:function:w:7", true],
  ["arn:aws:lambda:eu-west-1:1:function:w", "arn:aws:lambda:eu-west-1:1:function:w2", false],
  ["arn:aws:lambda:*:1:function:w", "arn:aws:lambda:us-east-1:1:function:w", true],
])("%s means %s: %s", (pattern, text, isOurs) => {
  expect(firstOwn([pattern], ["something-else", text])).toBe(isOurs ? text : undefined);
});
