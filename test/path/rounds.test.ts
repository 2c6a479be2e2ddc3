import { expect, test } from "vitest";
import { type Rehearsal, rehearse } from "./rehearsal.ts";
import { type Round, roundsIn } from "./rounds.ts";

/** Somebody suspends versioning; resolves when people heard of the repair. */
async function weaken({ as, heard }: Rehearsal, Bucket: string): Promise<void> {
  const told = heard(Bucket);
  const VersioningConfiguration = { Status: "Suspended" } as const;
  await as("owner").putBucketVersioning({ Bucket, VersioningConfiguration });
  await told;
}

/** Until the repair is proven: the first read after the write. */
function untilProven(rounds: readonly Round[]): readonly Round[] {
  const write = rounds.findIndex((round) => round.includes("s3 PutBucketVersioning"));
  return rounds.slice(0, write + 2);
}

const fromBudgetToProof = [
  ["dynamodb UpdateItem"],
  // Between the last look at the document and the write there is nothing, not even the before-image.
  ["dynamodb PutItem"],
  ["s3 GetBucketVersioning"],
  ["s3 PutBucketVersioning"],
  expect.arrayContaining(["s3 GetBucketVersioning"]),
];

test("a warm function repairs in one round of reads and four more, and proves it in a sixth", async () => {
  await using stage = await rehearse();
  await weaken(stage, stage.bucket()); // connections, roles and code are there afterwards

  using rounds = roundsIn(stage.sandbox);
  await weaken(stage, stage.bucket());

  // Whether the answer of before is fresh enough depends on the machine; it never is a round of its own.
  const isOther = (name: string) => name !== "ssm GetParameter";
  expect(untilProven(rounds.list()).map((round) => round.filter(isOther))).toEqual([
    ["sqs SendMessageBatch"],
    ["dynamodb GetItem", "dynamodb Query", "dynamodb Query", "s3 GetBucketVersioning"],
    ...fromBudgetToProof,
  ]);
  // How often the outbox is asked whether it is empty depends on the machine as well.
  const isCounted = (name: string) => isOther(name) && name !== "dynamodb Query";
  const calls = Object.groupBy(rounds.list().flat().filter(isCounted), (name) => name);
  const counts = Object.entries(calls).map(([name, all]) => [name, all?.length]);
  // The event of our own write is among them: it is looked at once more, and nothing is to do.
  expect(Object.fromEntries(counts)).toEqual({
    "s3 GetBucketVersioning": 4,
    "s3 PutBucketVersioning": 1,
    "sqs SendMessageBatch": 2,
    "dynamodb GetItem": 5,
    "dynamodb PutItem": 9,
    "dynamodb UpdateItem": 1,
    "sns Publish": 1,
  });
});

test("a cold function takes a round more for its role, and asks for the stop switch meanwhile", async () => {
  await using stage = await rehearse();

  using rounds = roundsIn(stage.sandbox);
  await weaken(stage, stage.bucket());

  const first = ["dynamodb GetItem", "dynamodb Query", "dynamodb Query"];
  expect(untilProven(rounds.list())).toEqual([
    ["sqs SendMessageBatch"],
    [...first, "ssm GetParameter", "sts AssumeRole"],
    ["s3 GetBucketVersioning"],
    ...fromBudgetToProof,
  ]);
});
