import fc from "fast-check";
import { expect, test } from "vitest";
import type { Policy } from "./document.ts";
import { type Edit, replaceStatements, sizeInBytes } from "./edit.ts";
import { parse } from "./parse.ts";

const allow = (sid: string) =>
  `{"Sid": "${sid}", "Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}`;
const [a, b, c] = [allow("a"), allow("b"), allow("c")];

test.each<{ name: string; before: string; edit: Edit; after: string }>([
  {
    name: "an edit that does nothing returns the text as it was",
    before: `{"Statement" : [ ${a} ,\n\t${b}\n] , "Version":"2012-10-17"} `,
    edit: { drop: [], append: [] },
    after: `{"Statement" : [ ${a} ,\n\t${b}\n] , "Version":"2012-10-17"} `,
  },
  {
    name: "a new statement is set off like those before it",
    before: `{"Statement":[\n  ${a},\n  ${b}\n]}`,
    edit: { drop: [], append: [{ Sid: "new" }] },
    after: `{"Statement":[\n  ${a},\n  ${b},\n  {"Sid":"new"}\n]}`,
  },
  {
    name: "of several ways to set off a statement the last one counts",
    before: `{"Statement":[${a}, ${b} ,\n${c}]}`,
    edit: { drop: [], append: [{ Sid: "new" }] },
    after: `{"Statement":[${a}, ${b} ,\n${c} ,\n{"Sid":"new"}]}`,
  },
  {
    name: "after a lone statement in an array the indentation is kept",
    before: `{"Statement":[\n  ${a}\n]}`,
    edit: { drop: [], append: [{ Sid: "new" }] },
    after: `{"Statement":[\n  ${a},\n  {"Sid":"new"}\n]}`,
  },
  {
    name: "dropping the first statement leaves the array's opening as it was",
    before: `{"Statement":[ ${a}, ${b} ,${c}]}`,
    edit: { drop: [0], append: [] },
    after: `{"Statement":[ ${b} ,${c}]}`,
  },
  {
    name: "dropping one in the middle takes its own comma along",
    before: `{"Statement":[${a}, ${b} ,${c}]}`,
    edit: { drop: [1], append: [] },
    after: `{"Statement":[${a} ,${c}]}`,
  },
  {
    name: "dropping the last one and adding another replaces it",
    before: `{"Statement":[${a},${b}]}`,
    edit: { drop: [1], append: [{ Sid: "new" }] },
    after: `{"Statement":[${a},{"Sid":"new"}]}`,
  },
  {
    name: "an empty array is filled",
    before: `{"Statement":[ ]}`,
    edit: { drop: [], append: [{ Sid: "x" }, { Sid: "y" }] },
    after: `{"Statement":[{"Sid":"x"},{"Sid":"y"} ]}`,
  },
  {
    name: "a single object becomes an array when another joins it",
    before: `{"Statement": ${a} }`,
    edit: { drop: [], append: [{ Sid: "new" }] },
    after: `{"Statement": [${a},{"Sid":"new"}] }`,
  },
  {
    name: "a single object stays one when nothing happens to it",
    before: `{"Statement": ${a} }`,
    edit: { drop: [], append: [] },
    after: `{"Statement": ${a} }`,
  },
  {
    name: "a single object that goes leaves an empty array",
    before: `{"Statement": ${a} }`,
    edit: { drop: [0], append: [] },
    after: `{"Statement": [] }`,
  },
])("$name", ({ before, edit, after }) => {
  expect(replaceStatements(policyOf(before), edit)).toBe(after);
});

test("any edit leaves every statement that stays byte for byte and in order", () => {
  const space = fc.constantFrom("", " ", "\n  ", "\t\r\n");
  const statement = fc
    .record({ sid: fc.string({ maxLength: 6 }), inner: space })
    .map(({ sid, inner }) => `{${inner}"Sid":${JSON.stringify(sid)},${allow("_").slice(13)}`);
  const spaced = fc.tuple(space, statement, space).map((parts) => parts.join(""));
  fc.assert(
    fc.property(
      fc.array(spaced, { maxLength: 5 }),
      fc.array(fc.nat(5), { maxLength: 4 }),
      fc.nat(2),
      (statements, drop, added) => {
        const policy = policyOf(`{ "Id":"é","Statement" :[${statements.join(",")}]}\n`);
        const append = Array.from({ length: added }, (_, index) => JSON.parse(allow(`n${index}`)));
        const after = policyOf(replaceStatements(policy, { drop, append }));
        const expected = statementTexts(policy).filter((_, index) => !drop.includes(index));
        expect(statementTexts(after).slice(0, expected.length)).toEqual(expected);
        expect(after.statements.length).toBe(expected.length + added);
        expect(after.text.startsWith('{ "Id":"é","Statement" :[')).toBe(true);
        expect(after.text.endsWith("]}\n")).toBe(true);
      },
    ),
  );
});

test("the size is counted in bytes of UTF-8", () => {
  expect(sizeInBytes("aé€😀")).toBe(1 + 2 + 3 + 4);
});

function policyOf(text: string): Policy {
  const result = parse(text);
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.diagnostics));
  return result.policy;
}

function statementTexts(policy: Policy): readonly string[] {
  return policy.statements.map(({ span }) => policy.text.slice(span.start, span.end));
}
