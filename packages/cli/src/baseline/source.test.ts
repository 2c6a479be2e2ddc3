import { baselineProblems } from "@bucket-warden/core/baseline";
import { expect, test } from "vitest";
import { parseText, readSource } from "./source.ts";

const yaml = `ssl-only:
  mode: fix
scopes:
  - name: dev
    match: { accounts: [111122223333] }
    settings: {}
versoning: { mode: alert }
`;

test("a problem is shown at its line and column in YAML", () => {
  expect(placesIn("a.yaml", yaml)).toEqual([
    "a.yaml:2:9 ssl-only.mode",
    "a.yaml:5:25 scopes.0.match.accounts.0",
    "a.yaml:7:12 versoning",
  ]);
});

test("and in JSON", () => {
  const text = '{\n  "ssl-only": {\n    "mode": "fix"\n  }\n}\n';
  expect(placesIn("a.json", text)).toEqual(["a.json:3:13 ssl-only.mode"]);
});

test("what is missing is shown where it belongs", () => {
  const text = "versioning: { mode: alert }\naccess-logging: { mode: remediate }\n";
  expect(placesIn("a.yaml", text)).toEqual(["a.yaml:2:17 access-logging.target"]);
});

test("an empty file is the default baseline", () => {
  expect(placesIn("a.yaml", "")).toEqual([]);
  expect(placesIn("a.yaml", "# nothing yet\n")).toEqual([]);
});

test.each([
  [
    "a key that stands twice",
    '{"versioning": {},\n "versioning": {}}',
    "a.json:2:2: Map keys must be unique. Correct it.",
  ],
  ["an open bracket", "scopes: [", "a.json:1:10: "],
  ["a tab where YAML wants spaces", "scopes:\n\t- name: x", "a.json:2:1: "],
])("%s is shown at its place", (_, text, message) => {
  expect(() => parseText("a.json", text)).toThrow(message);
});

test.each([
  ["nowhere.yaml", "nowhere.yaml: it cannot be read. Give the path of a baseline"],
  ["nowhere.ts", "nowhere.ts: it cannot be read."],
  ["baseline.toml", "baseline.toml: its ending is none of .ts, .js, .mjs, .yaml, .yml and .json"],
])("%s gets one clear line", async (file, message) => {
  await expect(readSource(file)).rejects.toThrow(message);
});

function placesIn(file: string, text: string): readonly string[] {
  const { input, where } = parseText(file, text);
  return baselineProblems(input).map(({ path }) => `${where(path)} ${path.join(".")}`);
}

const tenTimes = (level: number) => Array(10).fill(`*l${level}`).join(", ");
const bomb = Array.from(
  { length: 9 },
  (_, level) => `l${level + 1}: &l${level + 1} [${tenTimes(level)}]`,
);

test.each([
  {
    name: "ten lines that mean a thousand million words",
    text: `l0: &l0 [x]\n${bomb.join("\n")}\n`,
  },
  { name: "brackets deeper than the stack is high", text: "[".repeat(8_000) },
])("$name are refused by the name of the file", ({ text }) => {
  expect(() => parseText("a.yaml", text)).toThrow(/^a\.yaml(:\d+:\d+)?: /);
});

test("a member that is named like a prototype is one that nobody knows, and changes none", () => {
  const text = '{"__proto__": {"mode": "remediate"}, "constructor": {"prototype": {"x": 1}}}';
  expect(placesIn("a.json", text)).toEqual(["a.json:1:15 __proto__"]);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
