import { expect, test } from "vitest";
import { inLanes } from "./lanes.ts";

test("results keep the order of the items, however long each takes", async () => {
  const finish: (() => void)[] = [];
  const work = (item: string) =>
    new Promise<string>((resolve) => finish.push(() => resolve(item.toUpperCase())));
  const results = inLanes(2, ["a", "b"], work);
  for (const done of finish.toReversed()) done();

  await expect(results).resolves.toEqual(["A", "B"]);
});

test("no more items are under way than there are lanes", async () => {
  let underWay = 0;
  const most: number[] = [];
  await inLanes(2, [1, 2, 3, 4, 5], async () => {
    underWay += 1;
    most.push(underWay);
    await Promise.resolve();
    underWay -= 1;
  });

  expect(Math.max(...most)).toBe(2);
  expect(most).toHaveLength(5);
});
