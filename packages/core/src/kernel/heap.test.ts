import fc from "fast-check";
import { expect, test } from "vitest";
import { createHeap } from "./heap.ts";

test("what is put in and taken out in any order comes as if it had been sorted each time", () => {
  const acts = fc.array(fc.oneof(fc.integer({ max: 9, min: 0 }), fc.constant("take" as const)));
  fc.assert(
    fc.property(acts, (all) => {
      const heap = createHeap<number>((one, other) => one < other);
      let held: number[] = [];
      for (const act of all) {
        if (act === "take") {
          const [first, ...rest] = held.toSorted((one, other) => one - other);
          expect(heap.take()).toBe(first);
          held = rest;
        } else {
          heap.put(act);
          held.push(act);
        }
      }
    }),
  );
});
