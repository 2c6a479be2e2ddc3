import { expect, test } from "vitest";
import { soak } from "./soak.ts";

// One short storm of what `npm run soak` does for minutes, and one in which somebody breaks the laws.
const terms = {
  milliseconds: 1,
  seed: 20_261_121,
  stormMilliseconds: 1_500,
  onRound: () => undefined,
};

test.concurrent("after a storm every law holds", async () => {
  const rounds = await soak(terms);
  expect(rounds.map(({ problems }) => problems)).toEqual([[]]);
  expect(rounds[0]?.acts).toBeGreaterThan(3);
}, 60_000);

test.concurrent("a law that is broken in a storm ends the soak with its name", async () => {
  const rounds = await soak({
    ...terms,
    milliseconds: 3_600_000,
    accomplice: (stage, [Bucket]) =>
      stage.as("bucket-warden").putBucketOwnershipControls({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" }] },
      }),
  });
  expect(rounds).toHaveLength(1);
  expect(rounds[0]?.problems).toContain("data-1 ownership: 1 writes, 0 before-images");
}, 60_000);
