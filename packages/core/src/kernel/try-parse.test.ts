import { expect, test } from "vitest";
import * as z from "zod";
import { tryParse } from "./try-parse.ts";

const schema = z.object({ name: z.string().min(1) });

test("what fits is given, and what does not is named", () => {
  expect(tryParse(schema, { name: "a" })).toEqual({ success: true, data: { name: "a" } });
  expect(tryParse(schema, { name: 1 }).error?.issues[0]?.path).toEqual(["name"]);
});

test("a length that is no number is refused like anything else", () => {
  const odd = { name: { length: { toString: 1, valueOf: 1 } } };
  expect(() => schema.safeParse(odd)).toThrow(TypeError);
  expect(tryParse(schema, odd).error?.issues[0]?.message).toContain("no type that is known");
});
