import { allCalls } from "@bucket-warden/core/permissions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "./calls/index.ts";
import { isEqual } from "./calls/judgement.ts";
import { type Observation, play } from "./calls/play.ts";
import { startSandboxWorld, type World } from "./calls/worlds.ts";

let world: World | undefined;
const observations: Observation[] = [];

beforeAll(async () => {
  world = await startSandboxWorld();
  for (const row of rows) observations.push(...(await play(row, world)));
});
afterAll(() => world?.stop());

test.each(rows.map(({ about }) => about))("the sandbox answers as AWS does: %s", (about) => {
  const own = observations.filter(({ name }) => name.startsWith(`${about}: `));
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter((observation) => !isEqual(observation))).toEqual([]);
});

test("every call of the product is asked, and seen to answer in more than one way", () => {
  const answers = new Map<string, Set<string>>();
  for (const { call, expected } of observations) {
    answers.set(call, (answers.get(call) ?? new Set()).add(JSON.stringify(expected)));
  }
  const calls = new Set(allCalls.map(({ service, operation }) => `${service} ${operation}`));
  expect([...calls].filter((call) => (answers.get(call)?.size ?? 0) < 2)).toEqual([]);
});

test("no two questions have one name", () => {
  const names = observations.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
