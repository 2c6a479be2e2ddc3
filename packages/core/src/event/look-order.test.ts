import { expect, test } from "vitest";
import { InputError } from "../kernel/input-error.ts";
import type { LookOrder } from "../model/look-order.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { parseLookOrder, printLookOrder } from "./look-order.ts";

const account = parseAccountId("111122223333", "test");
const region = parseRegion("eu-west-1", "test");
const photos = {
  kind: "bucket",
  name: parseBucketName("photos", "test"),
  account,
  region,
} as const;
const order: LookOrder = {
  account,
  sweepId: "s-1",
  looks: [
    { ref: photos, touches: ["lastLog"] },
    { ref: { kind: "account", account, region }, touches: "all" },
    { ref: { kind: "region", account, region }, touches: "all" },
  ],
};

test.each([
  { name: "an order", order },
  { name: "one of a sweep that looks at all first", order: { ...order, survey: true } as const },
])("$name comes back as it was sent, and a newer sender may say more", ({ order }) => {
  expect(parseLookOrder(printLookOrder(order))).toEqual(order);
  expect(parseLookOrder(JSON.stringify({ ...order, colour: "blue" }))).toEqual(order);
});

const due = (ref: object) => ({ ref, touches: "all" });
const foreign = { ...photos, account: "444455556666" };

test("a facet that only a newer sender knows is one to look at all for", () => {
  const newer = { ...order, looks: [{ ref: photos, touches: ["lastLog", "colour"] }] };
  expect(parseLookOrder(JSON.stringify(newer)).looks).toEqual([{ ref: photos, touches: "all" }]);
});

test.each([
  { message: "{", said: "order: it is not JSON" },
  { message: "[]", said: "order: Invalid input: expected object, received array" },
  { message: { ...order, looks: [] }, said: "order.looks: it names nothing to look at" },
  { message: { ...order, sweepId: "" }, said: "order.sweepId: Too small" },
  { message: { ...order, account: "4444" }, said: 'order.account: "4444" is not an AWS account' },
  {
    message: { ...order, looks: [due(photos), due({ ...photos, region: "europe" })] },
    said: 'order.looks.1.ref.region: "europe" is not an AWS Region',
  },
  {
    message: { ...order, looks: [due(photos), due(foreign)] },
    said: "order.looks.1.ref.account: it is not the account of the order",
  },
])("is refused: $said", ({ message, said }) => {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  expect(problemIn(text)).toContain(said);
});

function problemIn(message: string): string {
  try {
    parseLookOrder(message);
  } catch (error) {
    if (error instanceof InputError) return `${error.place}: ${error.problem}`;
    throw error;
  }
  return "no problem";
}
