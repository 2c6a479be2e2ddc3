import { expect, test } from "vitest";
import { parseCanary } from "./canary.ts";

const head = "gate: lint\nrule: noConsole\n";

test("a canary expects its rule and its first path on one line", () => {
  expect(parseCanary("a.canary", `${head}why: logs\n\n--- a.ts\nconsole.log(1);\n`)).toEqual({
    source: "a.canary",
    gate: "lint",
    rule: "noConsole",
    tree: "shared",
    says: ["noConsole", "a.ts"],
    plants: [{ kind: "file", path: "a.ts", text: "console.log(1);\n" }],
  });
});

test("a canary may say something else, plant several files and edit others", () => {
  const text = [
    `${head}tree: own\nsays: one\nsays: two\ntimes: 2\n`,
    "--- a.txt\n{slash}a\n",
    "--- b.txt\nb\n",
    '~~~ c.json\n-  "a": 1,\n-  "b": 2\n+  "b": 3\n',
  ].join("");

  expect(parseCanary("b.canary", text)).toMatchObject({
    tree: "own",
    says: ["one", "two"],
    plants: [
      { kind: "file", path: "a.txt", text: "/a\n/a\n" },
      { kind: "file", path: "b.txt", text: "b\n" },
      { kind: "edit", path: "c.json", find: '  "a": 1,\n  "b": 2', put: '  "b": 3' },
    ],
  });
});

test.each([
  { name: "no gate", text: "rule: a\nsays: b\n", complaint: 'has no "gate:"' },
  { name: "no rule", text: "gate: a\nsays: b\n", complaint: 'has no "rule:"' },
  { name: "nothing to look for", text: head, complaint: 'has no "says:"' },
  {
    name: "an unknown tree",
    text: `${head}says: a\ntree: oak\n`,
    complaint: "names an unknown tree: oak",
  },
  { name: "a misspelt key", text: `${head}say: a\n`, complaint: "has a line that says nothing" },
  { name: "a file without a path", text: `${head}---  \na\n`, complaint: "without a path" },
  {
    name: "an edit of nothing",
    text: `${head}~~~ a.ts\n+a\n`,
    complaint: "without a line to find",
  },
])("a canary with $name is refused", ({ text, complaint }) => {
  expect(() => parseCanary("c.canary", text)).toThrow(complaint);
});
