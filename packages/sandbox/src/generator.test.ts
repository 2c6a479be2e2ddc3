import fc from "fast-check";
import { expect, test } from "vitest";
import { generator } from "./generator.ts";

test("the same seed gives the same numbers, all of them in [0, 1)", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const [one, two] = [generator(seed), generator(seed)];
      const drawn = Array.from({ length: 20 }, one);
      expect(Array.from({ length: 20 }, two)).toEqual(drawn);
      expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
    }),
  );
});
