import { expect, test } from "vitest";
import { withImport, withLine } from "./edits.ts";
import { nameOf } from "./templates.ts";

const edit = { path: "a.ts", line: "  new,", before: "];\n", after: "const all = [\n" };

test.each([
  {
    name: "at the end of its list",
    text: "const all = [\n  one,\n];\n",
    found: "const all = [\n  one,\n  new,\n];\n",
  },
  {
    name: "not in a list before",
    text: "const none = [\n  x,\n];\nconst all = [\n  one,\n];\n",
    found: "const none = [\n  x,\n];\nconst all = [\n  one,\n  new,\n];\n",
  },
  {
    name: "not in a list after",
    text: "const all = [\n  one,\n];\nconst more = [\n  x,\n];\n",
    found: "const all = [\n  one,\n  new,\n];\nconst more = [\n  x,\n];\n",
  },
])("a line goes $name", ({ text, found }) => {
  expect(withLine(text, edit)).toBe(found);
});

test.each([
  { name: "no list", text: "const none = [\n];\n" },
  { name: "no end", text: "const all = [\n  one,\n" },
])("a file with $name is left alone", ({ text }) => {
  expect(() => withLine(text, edit)).toThrow("a.ts has no longer the place");
});

const imports =
  'import { a } from "./a.ts";\nimport type { C } from "./c.ts";\n\nexport const all = [];\n';

test.each([
  { id: "b-b", line: 1 },
  { id: "a-a", line: 1 },
  { id: "d-d", line: 2 },
])("the import of $id goes where its file name belongs", ({ id, line }) => {
  const after = withImport(imports, id).split("\n");
  expect(after[line]).toBe(`import { ${nameOf(id)} } from "./${id}.ts";`);
  expect(after.toSpliced(line, 1).join("\n")).toBe(imports);
});

test.each([
  ["ssl-only", "sslOnly"],
  ["sse-c-blocked", "sseCBlocked"],
  ["a-2-b", "a2B"],
])("%s is called %s", (id, name) => {
  expect(nameOf(id)).toBe(name);
});
