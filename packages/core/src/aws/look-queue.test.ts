import type { SendMessageBatchCommandInput } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import type { LookOrder } from "../model/look-order.ts";
import { parseAccountId, parseRegion } from "../model/ref.ts";
import { createLookQueue } from "./look-queue.ts";

function orderIn(id: string): LookOrder {
  const account = parseAccountId(id, "test");
  const region = parseRegion("eu-west-1", "test");
  const ref = { kind: "account", account, region } as const;
  return { account, sweepId: "s-1", looks: [{ ref, touches: "all" }] };
}

type Answer = { readonly Failed?: readonly { readonly Code: string; readonly Message: string }[] };

async function sent(orders: readonly LookOrder[], answer: Answer = {}) {
  const batches: SendMessageBatchCommandInput["Entries"][] = [];
  const client = {
    send: async ({ input }: { readonly input: SendMessageBatchCommandInput }) => {
      batches.push(input.Entries);
      return answer;
    },
  };
  // The queue calls nothing else of it.
  await createLookQueue({ own: () => client as never }, "https://queue").send(orders);
  return batches;
}

test("the message group is the account, and copies are not told apart", async () => {
  const [batch = []] = await sent([orderIn("111122223333"), orderIn("444455556666")]);
  expect(batch.map(({ MessageGroupId }) => MessageGroupId)).toEqual([
    "111122223333",
    "444455556666",
  ]);
  expect(batch.every(({ MessageDeduplicationId }) => MessageDeduplicationId === undefined)).toBe(
    true,
  );
});

test("ten are sent at a time", async () => {
  const batches = await sent(Array.from({ length: 23 }, () => orderIn("111122223333")));
  expect(batches.map((batch) => batch?.length)).toEqual([10, 10, 3]);
});

test("an order that SQS did not take is an error", async () => {
  const answer = { Failed: [{ Code: "InternalError", Message: "later" }] };
  await expect(sent([orderIn("111122223333")], answer)).rejects.toThrow(
    "1 orders to look were not queued: InternalError later",
  );
});
