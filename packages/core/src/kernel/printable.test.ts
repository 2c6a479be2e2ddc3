import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test.each([
  ["a line break", "\n"],
  ["a carriage return", "\r"],
  ["a tab", "\t"],
  ["a null character", "\u0000"],
  ["the start of an escape sequence", "\u001b"],
  ["the last C0 control", "\u001f"],
  ["a delete", "\u007f"],
  ["the first C1 control", "\u0080"],
  ["a C1 escape sequence", "\u009b"],
  ["the last C1 control", "\u009f"],
  ["a line separator", "\u2028"],
  ["a paragraph separator", "\u2029"],
  ["an embedding from right to left", "\u202b"],
  ["an override from right to left", "\u202e"],
  ["an isolate", "\u2066"],
  ["the end of an isolate", "\u2069"],
  ["the first half of a character", "\ud83d"],
  ["the second half of a character", "\udca9"],
  ["the mark of a wrong byte order", "\ufffe"],
  ["the last character of a plane, which is none", "\uffff"],
])("%s is replaced, once for each", (_name, text) => {
  expect(printable(`before${text}${text}after`)).toBe("before\ufffd\ufffdafter");
});

test.each([
  "",
  " ~",
  "arn:aws:s3:::invoices (account 111122223333)",
  "größer, 請求書, счёт, \u00a0, \u{1f4e6}",
  "\u2027\u202f\u2065\u206a",
])("%j stays as it is", (text) => {
  expect(printable(text)).toBe(text);
});

// They are invisible and reorder the signs beside them, e.g. the slashes of an ARN.
test.each(["\u200e", "\u200f", "\u061c"])("the direction mark %j is replaced too", (text) => {
  expect(printable(`before${text}after`)).toBe("before\ufffdafter");
});
