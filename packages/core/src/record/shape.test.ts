import { expect, test } from "vitest";
import { InputError } from "../kernel/input-error.ts";
import { entryIn, imageIn, pointerIn, waiverIn } from "./shape.ts";

const on = { kind: "bucket", name: "invoices", account: "111122223333", region: "eu-west-1" };
const at = "2026-11-21T10:15:00.000Z";
const step = {
  document: "policy",
  on,
  controls: ["ssl-only"],
  before: { state: "absent" },
  after: { text: "{}" },
};
const entry = {
  id: "t-1",
  task: {
    id: "t-1",
    ref: on,
    cause: { kind: "sweep", sweepId: "s-1" },
    mode: "apply",
    touches: "all",
  },
  startedAt: at,
  endedAt: at,
  findings: [],
  plan: { on, basedOn: {}, steps: [step], held: [] },
  receipts: [{ kind: "written", step, at }],
  outcome: { kind: "fixed", controls: ["ssl-only"] },
  announced: true,
  pending: [],
  fromTheFuture: { a: 1 },
};

test("an entry is given back as the very value, with members that nobody knows", () => {
  expect(entryIn(entry, "task#t-1")).toBe(entry);
});

const withStep = (changes: object) => ({
  ...entry,
  receipts: [{ kind: "written", step: { ...step, ...changes }, at }],
});

test.each([
  { name: "nothing", value: undefined, place: "ledger.task#t-1: " },
  { name: "a text", value: "entry", place: "ledger.task#t-1: " },
  { name: "an entry without its task", value: { ...entry, task: undefined }, place: ".task: " },
  {
    name: "a cause that nobody knows",
    value: { ...entry, task: { ...entry.task, cause: {} } },
    place: ".task.cause.kind: ",
  },
  {
    name: "a document that nobody writes",
    value: withStep({ document: "website" }),
    place: ".receipts.0.step: ",
  },
  {
    name: "a document that every object has",
    value: withStep({ document: "constructor" }),
    place: ".receipts.0.step: ",
  },
  {
    name: "a policy that is no text",
    value: withStep({ after: { text: ["{}"] } }),
    place: ".receipts.0.step: ",
  },
  {
    name: "a value of another document",
    value: withStep({ document: "logging" }),
    place: ".receipts.0.step: ",
  },
  {
    name: "a before-image without a value",
    value: withStep({ before: { state: "present" } }),
    place: ".receipts.0.step: ",
  },
])("$name is refused by its place", ({ value, place }) => {
  expect(() => entryIn(value, "task#t-1")).toThrow(InputError);
  expect(() => entryIn(value, "task#t-1")).toThrow(place);
});

test.each([
  { name: "a before-image", read: () => imageIn({ taskId: "t-1", step: {}, at }, "image#1") },
  { name: "a pointer", read: () => pointerIn({ toString: 1 }, "entry#1") },
  {
    name: "a waiver without an end",
    read: () => waiverIn({ id: "w", waiver: { controls: [] } }, "waiver#w"),
  },
])("$name that is broken is refused", ({ read }) => {
  expect(read).toThrow("Look who else wrote to the table");
});
