import { type Rehearsal, rehearse } from "../path/rehearsal.ts";
import { type Case, type Matrix, randomFrom, type Verdict } from "./matrix.ts";
import { manyWrites } from "./scenarios.ts";

/** Breaks one thing on a bucket; S3 has an event for each. */
const blows: readonly ((stage: Rehearsal, bucket: string) => Promise<unknown>)[] = [
  (stage, bucket) => stage.as("mallory").deleteBucketPolicy({ Bucket: bucket }),
  (stage, bucket) =>
    stage.as("mallory").putBucketVersioning({
      Bucket: bucket,
      VersioningConfiguration: { Status: "Suspended" },
    }),
  (stage, bucket) =>
    stage.as("mallory").putBucketLogging({ Bucket: bucket, BucketLoggingStatus: {} }),
];

/** The breaker stops after so many repairs of the same drift, and says so once. */
const mostRepairs = 3;

/** A hundred events on each bucket, through intake, queue and all; ten thousand in all cases. */
export async function burstMatrix(seed: number, events = 100): Promise<Matrix> {
  const stage = await rehearse({
    rolesFor: "no-roles",
    baseline: { limits: manyWrites },
    sendsByItself: false,
  });
  const cases = Array.from({ length: 100 }, (_, index): Case => {
    const draw = randomFrom(seed * 1_000_003 + index);
    const name = `${events} events on bucket ${index} of seed ${seed}`;
    return { name, run: () => burst(stage, draw, events) };
  });
  return { cases, atOnce: 10, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

async function burst(stage: Rehearsal, draw: () => number, events: number): Promise<Verdict> {
  const bucket = stage.bucket("burst");
  for (let event = 0; event < events; event += 1) {
    const blow = blows[Math.floor(draw() * blows.length)];
    await blow?.(stage, bucket);
  }
  await stage.done(bucket);
  await stage.deployment.send();
  const problems = [
    ...tooMany("writes", stage.writes(bucket), mostRepairs),
    ...tooMany("notices", stage.told(bucket), mostRepairs),
  ];
  return {
    problems,
    limits: stage.told(bucket).some((it) => it.startsWith("contested")) ? ["left to a person"] : [],
  };
}

function tooMany(what: string, list: readonly string[], most: number): readonly string[] {
  const counts = Map.groupBy(list, (it) => it);
  return [...counts]
    .filter(([, all]) => all.length > most)
    .map(([name, { length }]) => `${length} ${what} ${name}, at most ${most}`);
}
