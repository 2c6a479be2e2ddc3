import { controls } from "@bucket-warden/core/controls";
import { expect, test } from "vitest";
import { crashMatrix } from "./crash.ts";
import { tally } from "./matrix.ts";
import { accountScenario, scenarios } from "./scenarios.ts";

test("every control that writes has a scenario", () => {
  const writing = controls.filter(({ writes }) => writes.length > 0).map(({ id }) => id);
  const played = [...scenarios, accountScenario].map(({ control }) => control);
  expect(played.toSorted()).toEqual(writing.toSorted());
});

test("a function that dies leaves nothing undone, unrecorded, untold or done twice", async () => {
  await using matrix = await crashMatrix(20_261_121);
  const { tried, failures } = await tally(matrix.cases.slice(0, 24));
  expect(failures).toEqual([]);
  expect(tried).toBe(24);
}, 60_000);
