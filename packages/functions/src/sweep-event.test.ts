import { InputError } from "@bucket-warden/core/kernel";
import type { Context } from "aws-lambda";
import { expect, test } from "vitest";
import { sliceIn } from "./sweep-event.ts";

// What is read of a context, and no more.
const context = {
  invokedFunctionArn: "arn:aws:lambda:eu-west-1:999988887777:function:bucket-warden-sweep",
  awsRequestId: "request-1",
} as Context;

const from = { token: "t", queued: 7, buckets: 5, skipped: 3 };

test.each([
  {
    name: "a schedule of an account",
    event: { id: "e-1", account: "111122223333", source: "aws.events" },
    slice: { account: "111122223333", sweepId: "e-1" },
  },
  {
    name: "a test event, which is about the own account",
    event: {},
    slice: { account: "999988887777", sweepId: "request-1" },
  },
  {
    name: "the rest of a sweep",
    event: { id: "e-1", account: "111122223333", from },
    slice: { account: "111122223333", sweepId: "e-1", from },
  },
  {
    name: "the rest of a sweep of before, when none was left out",
    event: { id: "e-1", account: "111122223333", from: { token: "t", queued: 7, buckets: 5 } },
    slice: { account: "111122223333", sweepId: "e-1", from: { ...from, skipped: 0 } },
  },
])("$name", ({ event, slice }) => {
  expect(sliceIn(event, context)).toEqual(slice);
});

test.each([
  { event: null, place: "event" },
  { event: { id: "" }, place: "event.id" },
  { event: { account: "1111" }, place: "event.account" },
  { event: { from: { ...from, queued: -1 } }, place: "event.from.queued" },
  { event: { from: { token: "t" } }, place: "event.from.queued" },
])("$event is refused at $place", ({ event, place }) => {
  const refused = () => sliceIn(event, context);
  expect(refused).toThrow(InputError);
  expect(refused).toThrow(expect.objectContaining({ place }));
});
