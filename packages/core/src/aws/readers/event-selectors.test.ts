import type { AdvancedFieldSelector, EventSelector } from "@aws-sdk/client-cloudtrail";
import { expect, test } from "vitest";
import type { Selector } from "../../model/trails.ts";
import { selectorsOf } from "./event-selectors.ts";

const all: Selector = { management: true, access: "all", excludes: [], narrowedBy: [] };

test("a basic selector has the defaults of the API where it says nothing", () => {
  expect(selectorsOf({ EventSelectors: [{}] })).toEqual([all]);
});

test("a basic selector says what it takes", () => {
  const reads: EventSelector = {
    ReadWriteType: "ReadOnly",
    IncludeManagementEvents: false,
    ExcludeManagementEventSources: ["kms.amazonaws.com"],
  };
  expect(selectorsOf({ EventSelectors: [reads, { ReadWriteType: "WriteOnly" }] })).toEqual([
    { management: false, access: "reads", excludes: ["kms.amazonaws.com"], narrowedBy: [] },
    { ...all, access: "writes" },
  ]);
});

const management = { Field: "eventCategory", Equals: ["Management"] };

test.each<[string, readonly AdvancedFieldSelector[], Partial<Selector>]>([
  ["everything", [management], {}],
  ["data events", [{ Field: "eventCategory", Equals: ["Data"] }], { management: false }],
  ["no category", [], { management: false }],
  ["writes", [management, { Field: "readOnly", Equals: ["false"] }], { access: "writes" }],
  ["reads", [management, { Field: "readOnly", Equals: ["true"] }], { access: "reads" }],
  ["reads and writes", [management, { Field: "readOnly", Equals: ["true", "false"] }], {}],
  [
    "all but one service",
    [management, { Field: "eventSource", NotEquals: ["kms.amazonaws.com"] }],
    { excludes: ["kms.amazonaws.com"] },
  ],
  [
    "one service only",
    [management, { Field: "eventSource", Equals: ["s3.amazonaws.com"] }],
    { narrowedBy: ["eventSource"] },
  ],
  [
    "some callers only",
    [management, { Field: "userIdentity.arn", NotStartsWith: ["arn:aws:iam::1"] }],
    { narrowedBy: ["userIdentity.arn"] },
  ],
  [
    "a negation of what is known",
    [management, { Field: "readOnly", NotEquals: ["false"] }],
    { narrowedBy: ["readOnly"] },
  ],
])("an advanced selector of %s is understood, or narrows", (_name, FieldSelectors, changes) => {
  const [selector] = selectorsOf({
    AdvancedEventSelectors: [{ FieldSelectors: [...FieldSelectors] }],
  });
  expect(selector).toEqual({ ...all, ...changes });
});

test("without selectors nothing is taken", () => {
  expect(selectorsOf({})).toEqual([]);
});
