import { controls } from "@bucket-warden/core/controls";
import { hourMilliseconds } from "@bucket-warden/core/kernel";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { type Rehearsal, rehearse } from "./rehearsal.ts";

const realNow = Date.now;
let ahead = 0;
const judged: readonly string[] = ["versioning", "ssl-only", "sse-c-blocked"];
const off = controls
  .filter(({ id }) => !judged.includes(id))
  .map(({ id }) => [id, { mode: "off" }]);

/** A stage whose clock is the one of this test, and whose sweeps leave out what they may. */
function stageWith(fullLookHours: number): Promise<Rehearsal> {
  const baseline = { ...Object.fromEntries(off), limits: { fullLookHours } };
  return rehearse({ baseline, rolesFor: "no-roles" });
}

/** What owners do: each call makes an event, which arrives. */
const changes = {
  suspend: ({ as }: Rehearsal, Bucket: string) =>
    as("owner").putBucketVersioning({ Bucket, VersioningConfiguration: { Status: "Suspended" } }),
  open: ({ as }: Rehearsal, Bucket: string) => as("owner").deleteBucketPolicy({ Bucket }),
  unlock: ({ as }: Rehearsal, Bucket: string) => as("owner").deleteBucketEncryption({ Bucket }),
  tag: ({ as }: Rehearsal, Bucket: string) =>
    as("owner").putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: "a", Value: "b" }] } }),
  look: ({ lookAgain }: Rehearsal, bucket: string) => lookAgain(bucket),
  make: ({ as }: Rehearsal, bucket: string) =>
    as("owner").createBucket({ Bucket: `${bucket}-more` }),
} as const;

type Step = { readonly change: keyof typeof changes; readonly bucket: number } | "sweep";

// The keys are those of the object above.
const change = fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[]));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ change, bucket: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.constant("sweep" as const) },
);

async function take(step: Step, stage: Rehearsal, buckets: readonly string[]): Promise<void> {
  if (step === "sweep") {
    await stage.sweepAgain();
    return;
  }
  const bucket = buckets[step.bucket] ?? "";
  // To make a bucket twice is refused, and changes nothing.
  await Promise.resolve(changes[step.change](stage, bucket)).catch(() => {});
  await stage.deployment.idle();
}

/** How everything stands, and what people were told, without what differs from sandbox to sandbox. */
function standing(stage: Rehearsal) {
  const { buckets } = stage.sandbox.world;
  return [...buckets.values()].map(({ name, configuration }) => {
    const documents = JSON.stringify(configuration).replaceAll(stage.keyArn, "the key");
    return { name, documents, told: stage.told(name) };
  });
}

test("when every event arrives, sweeps that leave buckets out repair and tell no less", async () => {
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + ahead);
  await using whole = await stageWith(0);
  await using skipping = await stageWith(720);
  const stages = [whole, skipping];
  const script = fc.array(step, { minLength: 4, maxLength: 6 });
  const property = fc.asyncProperty(script, async (some) => {
    const all = stages.map((stage) => ({ stage, buckets: [stage.bucket(), stage.bucket()] }));
    for (const it of ["sweep", ...some, "sweep"] as const) {
      if (it === "sweep") ahead += 24 * hourMilliseconds;
      await Promise.all(all.map(({ stage, buckets }) => take(it, stage, buckets)));
    }
    expect(standing(skipping)).toEqual(standing(whole));
  });
  await fc.assert(property, { numRuns: 2, seed: 9, endOnFailure: true });
  const [looks = 0, fewer] = stages.map(
    ({ sandbox }) => sandbox.calls.list({ operation: "GetBucketVersioning" }).length,
  );
  expect(fewer).toBeLessThan(looks);
}, 60_000);
