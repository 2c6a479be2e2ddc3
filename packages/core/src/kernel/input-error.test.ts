import { expect, test } from "vitest";
import { InputError } from "./input-error.ts";

function partsOf(parts: { place?: string; problem?: string; remedy?: string }) {
  const whole = {
    place: "request.bucket",
    problem: "it is wrong",
    remedy: "Correct it.",
    ...parts,
  };
  const { place, problem, remedy } = new InputError(whole);
  return { place, problem, remedy };
}

test("the message holds the three parts", () => {
  const error = new InputError({ place: "--tag a", problem: "it is no tag", remedy: "Give one." });
  expect(error.message).toBe("--tag a: it is no tag. Give one.");
  expect(error.name).toBe("InputError");
});

test.each([
  { name: "a line that somebody forged", text: "x\nwritten: ok", line: "x written: ok" },
  { name: "an escape sequence", text: "\u001b[2Jx", line: "\ufffd[2Jx" },
  { name: "half of a character", text: "x \ud83d", line: "x \ufffd" },
  { name: "space around it", text: "  x\t\ty ", line: "x y" },
])("$name stands in no part", ({ text, line }) => {
  expect(partsOf({ place: text, problem: text, remedy: text })).toEqual({
    place: line,
    problem: line,
    remedy: line,
  });
});

test("a part that says nothing is filled in", () => {
  expect(partsOf({ place: "", problem: " ", remedy: "\n" })).toEqual({
    place: "the input",
    problem: "it is not usable",
    remedy: "Correct it.",
  });
});

test("a name of a megabyte does not make a message of one", () => {
  const { problem } = partsOf({ problem: `${"x".repeat(1_000_000)} is not a bucket name` });
  expect(problem).toBe(`${"x".repeat(1_500)} … (1000021 characters)`);
});
