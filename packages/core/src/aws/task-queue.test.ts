import type { SendMessageBatchCommandInput } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Task } from "../model/trigger.ts";
import { createTaskQueue } from "./task-queue.ts";

function taskOn(name: string): Task {
  const ref: BucketRef = {
    kind: "bucket",
    name: parseBucketName(name, "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("us-east-1", "test"),
  };
  return { id: "t", ref, cause: { kind: "sweep", sweepId: "s" }, mode: "apply", touches: "all" };
}

/** The message groups in which tasks for these buckets wait. */
async function groupsOf(...names: readonly string[]): Promise<readonly string[]> {
  const groups: string[] = [];
  const client = {
    send: async ({ input }: { readonly input: SendMessageBatchCommandInput }) => {
      groups.push(...(input.Entries ?? []).map(({ MessageGroupId = "" }) => MessageGroupId));
      return {};
    },
  };
  // The queue calls nothing else of it.
  const queue = createTaskQueue({ own: () => client as never }, "https://queue");
  await queue.send(names.map(taskOn));
  return groups;
}

test("the message group of a task is its resource", async () => {
  expect(await groupsOf("photos")).toEqual(["arn:aws:s3:::photos"]);
});

// Buckets of before 2018 in us-east-1 have names of up to 255 characters.
test("a bucket with a long old name has a group that SQS takes, and of its own", async () => {
  const long = "Long_Name.".repeat(25);
  const groups = await groupsOf(`${long}1`, `${long}2`, `${long}1`);
  expect(new Set(groups).size).toBe(2);
  expect(groups[2]).toBe(groups[0]);
  for (const group of groups) expect(group).toMatch(/^[\x21-\x7e]{1,128}$/);
});
