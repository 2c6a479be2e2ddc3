import { expect, test } from "vitest";
import { escaped, printable } from "./printable.ts";

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

test.each([
  { name: "a command to the terminal", text: "\u001b[2J\u009b2J", shown: "\\u001b[2J\\u009b2J" },
  { name: "the title of a window", text: "\u001b]0;x\u0007", shown: "\\u001b]0;x\\u0007" },
  { name: "a return to the beginning of the line", text: "ok\rno", shown: "ok\\u000dno" },
  { name: "a turned direction", text: "\u202egnp", shown: "\\u202egnp" },
  { name: "half of a character", text: "\ud83d", shown: "\\ud83d" },
])("$name is shown by its number", ({ text, shown }) => {
  expect(escaped(text)).toBe(shown);
});

test("colors, lines and tabs stay, and JSON means the same", () => {
  const own = "\u001b[1;31mred\u001b[0m\n\tnext";
  expect(escaped(own)).toBe(own);
  const value = { name: "a\u009b2J \u202e \u2028 \uffff \ud800" };
  const json = escaped(JSON.stringify(value));
  expect(json).toMatch(/^[ -~]*$/);
  expect(JSON.parse(json)).toEqual(value);
});
