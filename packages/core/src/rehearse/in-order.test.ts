import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder, type Timed } from "./in-order.ts";

interface Item extends Timed {
  readonly name: number;
}

const items = fc
  .array(fc.record({ at: fc.nat(20), rank: fc.nat(2), bytes: fc.integer({ min: 1, max: 9 }) }))
  .map((all) => all.map((it, name): Item => ({ ...it, name })));

function through(all: readonly Item[], room: number) {
  const order = inOrder<Item>(room);
  const gone = all.flatMap((item) => order.add(item));
  return { gone: [...gone, ...order.rest()], late: order.late() };
}

test("with room enough everything is in the order of time, then rank, then coming", () => {
  fc.assert(
    fc.property(items, (all) => {
      const { gone, late } = through(all, 1_000_000);
      const sorted = all.toSorted((a, b) => a.at - b.at || a.rank - b.rank || a.name - b.name);
      expect(gone).toEqual(sorted);
      expect(late).toBe(0);
    }),
  );
});

test("with less room nothing is lost, and what is out of order is counted", () => {
  fc.assert(
    fc.property(items, fc.nat(40), (all, room) => {
      const { gone, late } = through(all, room);
      expect(gone.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort());
      const isSorted = gone.every(
        ({ at }, index) => index === 0 || at >= (gone[index - 1]?.at ?? 0),
      );
      expect(isSorted).toBe(late === 0);
    }),
  );
});

test("no more is held than there is room for", () => {
  const order = inOrder<Item>(10);
  const add = (name: number, at: number) =>
    order.add({ name, at, rank: 0, bytes: 4 }).map((it) => it.name);
  expect([add(1, 30), add(2, 10), add(3, 20), add(4, 5)]).toEqual([[], [], [2], [4]]);
  expect(order.late()).toBe(1);
  expect(order.rest().map(({ name }) => name)).toEqual([3, 1]);
  expect(order.rest()).toEqual([]);
});
