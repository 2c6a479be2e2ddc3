import { expect, test } from "vitest";
import { tamperCalls } from "./calls.ts";
import { undoOf } from "./undo.ts";

const template = "aws events enable-rule --name {name}[ --event-bus-name {bus}]";

test.each<[string, Record<string, unknown>, string]>([
  ["all", { name: "r", bus: "b" }, "aws events enable-rule --name r --event-bus-name b"],
  ["what is optional", { name: "r" }, "aws events enable-rule --name r"],
  ["nothing", {}, "aws events enable-rule --name <name>"],
  ["no text", { name: ["r"] }, "aws events enable-rule --name <name>"],
  ["a shell command", { name: "r; rm -rf /" }, "aws events enable-rule --name <name>"],
  ["a substitution", { name: "$(id)" }, "aws events enable-rule --name <name>"],
  ["an option", { name: "--debug" }, "aws events enable-rule --name <name>"],
])("a command is filled in with what the call named: %s", (_what, parameters, command) => {
  expect(undoOf(template, parameters)).toBe(command);
});

test("JSON in a command stays as it is", () => {
  const json = `put --selectors '[{"Type":"All"}]'`;
  expect(undoOf(json, { Type: "x" })).toBe(json);
});

test("every call says what it means and how it is undone, on one line", () => {
  for (const { name, means, undo } of Object.values(tamperCalls).flat()) {
    expect(means.length, name).toBeGreaterThan(20);
    expect(undo.length, name).toBeGreaterThan(20);
    expect(means + undo, name).not.toMatch(/\n| {2}/);
  }
});

test("a parameter that is longer than any name stays out of the command", () => {
  expect(undoOf("aws sqs create-queue --name {name}", { name: "x".repeat(3_000) })).toBe(
    "aws sqs create-queue --name <name>",
  );
});
