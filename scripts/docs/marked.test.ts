import { expect, test } from "vitest";
import { fillIn } from "./marked.ts";

const begin = "<!-- list: made by npm run docs -->\n";
const end = "<!-- end of list -->";
const page = (text: string) => ({ path: "docs/a.md", text });

test("what stands between the markers is replaced, and nothing else", () => {
  const text = `# A\n\n${begin}\nold\nold\n\n${end}\n\nlast\n`;
  expect(fillIn(page(text), "list", ["new"])).toBe(`# A\n\n${begin}\nnew\n\n${end}\n\nlast\n`);
});

test("filling in twice is filling in once", () => {
  const once = fillIn(page(`${begin}${end}`), "list", ["new", "$&"]);
  expect(fillIn(page(once), "list", ["new", "$&"])).toBe(once);
});

test.each([
  { name: "no markers", text: "# A\n" },
  { name: "no end", text: begin },
  { name: "no beginning", text: end },
  { name: "the end first", text: `${end}\n${begin}` },
  { name: "two beginnings", text: `${begin}${begin}${end}` },
  { name: "two ends", text: `${begin}${end}${end}` },
])("a page with $name is refused", ({ text }) => {
  expect(() => fillIn(page(text), "list", ["new"])).toThrow("docs/a.md must hold");
});
