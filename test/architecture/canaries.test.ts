import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCanaries } from "../../scripts/canaries/read.ts";
import { gates } from "../../scripts/gates/catalogue.ts";

const root = join(import.meta.dirname, "..", "..");
const canaries = await readCanaries(root);
const rulesOf = (gate: string) => canaries.filter((it) => it.gate === gate).map(({ rule }) => rule);
const json = (name: string) => JSON.parse(readFileSync(join(root, name), "utf8"));

test("every gate has a canary, and every canary a gate", () => {
  const named = new Set(canaries.map(({ gate }) => gate));

  expect([...named].sort()).toEqual(gates.map(({ name }) => name).sort());
});

test("every import rule has a canary", () => {
  const { forbidden } = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs"));
  const names: readonly string[] = forbidden.map(({ name }: { name: string }) => name);

  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !rulesOf("imports").includes(name))).toEqual([]);
});

test("every lint rule that biome.json switches on has a canary", () => {
  const { preset: _, ...groups } = json("biome.json").linter.rules;
  const levels = Object.values<Record<string, unknown>>(groups).flatMap((it) => Object.entries(it));
  const names = levels.filter(([, level]) => level !== "off").map(([name]) => name);

  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !rulesOf("lint").includes(name))).toEqual([]);
});

test("every strictness that tsconfig.json adds has a canary", () => {
  const { compilerOptions } = json("tsconfig.json");
  // How tsc runs, not what it forbids. `moduleResolution` follows `module`.
  const running = ["noEmit", "allowImportingTsExtensions", "moduleResolution", "types"];
  const names = Object.keys(compilerOptions).filter((name) => !running.includes(name));

  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !rulesOf("types").includes(name))).toEqual([]);
});

test("no canary is a source file that a tool would read by itself", () => {
  expect(canaries.every(({ source }) => source.endsWith(".canary"))).toBe(true);
  expect(canaries.length).toBeGreaterThan(80);
});
