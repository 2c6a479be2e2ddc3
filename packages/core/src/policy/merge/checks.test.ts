import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import type { Policy } from "../syntax/document.ts";
import { parse } from "../syntax/parse.ts";
import { check } from "./checks.ts";

const foreign =
  '{"Sid":"reader","Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}';
const other = foreign.replace("reader", "other");
const { statements: added } = guarantee("ssl-only", {}, { bucket: "b", partition: "aws" });
const own = JSON.stringify(added[0]);
const whole = (...statements: readonly string[]) => `{"Statement":[${statements.join(",")}]}`;

function policyOf(text: string): Policy {
  const parsed = parse(text);
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.policy;
}

const touched = "would have touched statements of others";

test.each([
  {
    name: "a byte of another's statement changed",
    text: whole(foreign.replace(":", ": "), other, own),
    problem: touched,
  },
  { name: "the order of others changed", text: whole(other, foreign, own), problem: touched },
  { name: "another's statement is gone", text: whole(foreign, own), problem: touched },
  { name: "ours is missing", text: whole(foreign, other), problem: touched },
  { name: "something else came in", text: whole(foreign, other, own, other), problem: touched },
  {
    name: "the version of the language changed",
    text: whole(foreign, other, own).replace("{", '{"Version":"2012-10-17",'),
    problem: touched,
  },
  {
    name: "the text is no policy",
    text: `${whole(foreign, other, own)}]`,
    problem: "cannot be read back",
  },
])("a result is never given away when $name", ({ text, problem }) => {
  const before = policyOf(whole(foreign, other));
  expect(() => check({ before, text, dropped: [], added }, () => undefined)).toThrow(problem);
});

test("a result with the statements of others as they were, and ours behind them, is taken", () => {
  const before = policyOf(whole(foreign, other));
  const text = whole(foreign, other, own);
  expect(check({ before, text, dropped: [], added }, () => undefined)).toBeUndefined();
  const dropped = before.statements.slice(0, 1);
  const shorter = whole(other, own);
  expect(check({ before, text: shorter, dropped, added }, () => undefined)).toBeUndefined();
});
