import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const start = pathToFileURL(join(import.meta.dirname, "start.mjs")).href;

/** Fills the young part of a heap with what stays for a while, as far as it may grow. */
const fill = `
  const { getHeapSpaceStatistics } = require("node:v8");
  const kept = [];
  for (let at = 0; at < 300_000; at += 1) kept[at % 100_000] = { at, text: "text " + at };
  const young = getHeapSpaceStatistics().find((it) => it.space_name === "new_space");
  const cache = require("node:module").getCompileCacheDir();
  console.log(JSON.stringify({ megabytes: young.space_size / 2 ** 20, cache }));`;

interface Started {
  readonly megabytes: number;
  readonly cache: string | undefined;
}

function started(options: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  const words = [...options, "--import", start, "--eval", fill];
  return JSON.parse(execFileSync(process.execPath, words, { env, encoding: "utf8" }));
}

test("garbage gets no more than a little of the memory, and what was compiled is kept", () => {
  const { megabytes, cache } = started([]);
  expect(megabytes).toBe(32);
  expect(cache).toContain(join("node_modules", ".cache", "warden"));
});

test("whoever said how large the heap may be is obeyed", () => {
  const size = "--max-semi-space-size=4";
  expect(started([size]).megabytes).toBe(8);
  expect(started([], { NODE_OPTIONS: size }).megabytes).toBe(8);
});

test("whoever wants no cache has none", () => {
  expect(started([], { NODE_DISABLE_COMPILE_CACHE: "1" }).cache).toBeUndefined();
});
