import { expect, test } from "vitest";
import { burstMatrix } from "./burst.ts";
import { disorderMatrix } from "./disorder.ts";
import { tally } from "./matrix.ts";

test("however often and in whatever order events come, or not at all, the end is the same", async () => {
  await using matrix = await disorderMatrix(20_261_121);
  const { tried, failures } = await tally(matrix.cases.slice(0, 24));
  expect(failures).toEqual([]);
  expect(tried).toBe(24);
}, 60_000);

test("a burst of events makes a few writes and notices on each bucket", async () => {
  await using matrix = await burstMatrix(20_261_121, 25);
  const { tried, failures } = await tally(matrix.cases.slice(0, 4), matrix.atOnce);
  expect(failures).toEqual([]);
  expect(tried).toBe(4);
}, 60_000);
