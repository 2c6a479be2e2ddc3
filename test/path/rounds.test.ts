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
  // Between the last look at the document and the write there is nothing, not even the before-image.
  ["dynamodb PutItem", "dynamodb UpdateItem", "s3 GetBucketVersioning"],
  ["s3 PutBucketVersioning"],
  expect.arrayContaining(["s3 GetBucketVersioning"]),
];

test("a warm function repairs in one round of reads and two more, and proves it in a fourth", async () => {
  await using stage = await rehearse();
  await weaken(stage, stage.bucket()); // connections, roles and code are there afterwards

  using rounds = roundsIn(stage.sandbox);
  await weaken(stage, stage.bucket());

  // Calls are held back here for so long that the answer of before may be too old to be used.
  const isOther = (name: string) => name !== "ssm GetParameter";
  const others = rounds.list().map((round) => round.filter(isOther));
  expect(untilProven(others.filter(({ length }) => length > 0))).toEqual([
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

test("that it was about a change is noted beside the first reads, and only where sweeps ask for it", async () => {
  await using stage = await rehearse({ baseline: { limits: { fullLookHours: 168 } } });
  await weaken(stage, stage.bucket());

  using rounds = roundsIn(stage.sandbox);
  await weaken(stage, stage.bucket());

  const [, first] = untilProven(rounds.list());
  expect(first?.filter((name) => name !== "ssm GetParameter")).toEqual([
    "dynamodb GetItem",
    "dynamodb PutItem",
    "dynamodb Query",
    "dynamodb Query",
    "s3 GetBucketVersioning",
  ]);
});
