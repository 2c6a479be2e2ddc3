import { expect, test } from "vitest";
import { findMoto } from "./worlds.ts";

test("without Python there is no moto", () => {
  expect(findMoto("no-such-python")).toEqual({ missing: "there is no no-such-python" });
});

test("a Python without moto says what it lacks", () => {
  const notPython = process.execPath;
  expect(findMoto(notPython)).toEqual({ missing: expect.stringContaining("has none: ") });
});
