import { expect, test } from "vitest";
import type { ConditionValue } from "../operators/index.ts";
import { replaceVariables } from "./variables.ts";

const context = new Map([
  ["aws:username", ["ann"]],
  ["aws:principaltag/dir", ["x", "y"]],
  ["aws:useragent", ["a*"]],
]);
const plain = (text: string) => ({ text, literal: false });
const literal = (text: string) => ({ text, literal: true });

test.each<[string, ConditionValue]>([
  ["home/*", "home/*"],
  ["$x {y} $", "$x {y} $"],
  ["${", "${"],
  [`home/\${aws:username}/*`, [plain("home/"), literal("ann"), plain("/*")]],
  [`\${AWS:UserName}`, [plain(""), literal("ann"), plain("")]],
  [
    `a\${*}\${?}\${$}*`,
    [plain("a"), literal("*"), plain(""), literal("?"), plain(""), literal("$"), plain("*")],
  ],
  [`\${aws:userid, 'nobody'}`, [plain(""), literal("nobody"), plain("")]],
  [`\${ aws:username,'nobody' }`, [plain(""), literal("ann"), plain("")]],
  [`\${aws:userid}`, { unresolved: "void" }],
  [`\${aws:principaltag/dir}`, { unresolved: "unknown" }],
  [`\${aws:useragent}`, { unresolved: "unknown" }],
  [`\${aws:userid}\${aws:useragent}`, { unresolved: "unknown" }],
  [`\${}`, { unresolved: "unknown" }],
  [`\${aws:userid, nobody}`, { unresolved: "unknown" }],
])("%s becomes %j", (text, expected) => {
  expect(replaceVariables(text, context, "2012-10-17")).toEqual(expected);
});

test("a document of 2008 has no variables", () => {
  const text = `home/\${aws:username}`;
  expect(replaceVariables(text, context, "2008-10-17")).toBe(text);
});
