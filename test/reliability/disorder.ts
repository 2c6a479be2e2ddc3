import type { Task } from "@bucket-warden/core/model";
import { type Rehearsal, rehearse } from "../path/rehearsal.ts";
import { soundPolicy } from "../path/sound.ts";
import {
  type Case,
  difference,
  type Matrix,
  randomFrom,
  shuffled,
  type Verdict,
} from "./matrix.ts";
import { foreignStatements, manyWrites } from "./scenarios.ts";
import { deliverTask, sweepOf, taskOf } from "./work.ts";

/** What somebody does to a bucket; answers with the foreign statements that its policy holds then. */
type Act = (stage: Rehearsal, bucket: string) => Promise<readonly string[] | undefined>;

const on = (stage: Rehearsal) => stage.as("mallory");

/** So many statements of others, and the denials that the baseline wants or none of them. */
function policyOf(count: number, isSound: boolean): Act {
  return async (stage, bucket) => {
    const foreign = foreignStatements(bucket).slice(0, count);
    const denials: readonly object[] = isSound ? JSON.parse(soundPolicy(bucket)).Statement : [];
    const all = [...foreign, ...denials.map((it) => JSON.stringify(it))];
    const Policy = `{"Version":"2008-10-17","Statement":[${all.join(" ,")}]}`;
    await on(stage).putBucketPolicy({ Bucket: bucket, Policy });
    return foreign;
  };
}

const acts: readonly Act[] = [
  policyOf(3, false),
  policyOf(2, true),
  policyOf(1, false),
  async (stage, bucket) => {
    await on(stage).deleteBucketPolicy({ Bucket: bucket });
    return [];
  },
  async (stage, bucket) => {
    await on(stage).deleteBucketEncryption({ Bucket: bucket });
    return undefined;
  },
  async (stage, bucket) => {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const } };
    const ServerSideEncryptionConfiguration = { Rules: [rule] };
    await on(stage).putBucketEncryption({ Bucket: bucket, ServerSideEncryptionConfiguration });
    return undefined;
  },
  async (stage, bucket) => {
    await on(stage).putBucketLogging({ Bucket: bucket, BucketLoggingStatus: {} });
    return undefined;
  },
  async (stage, bucket) => {
    const VersioningConfiguration = { Status: "Suspended" as const };
    await on(stage).putBucketVersioning({ Bucket: bucket, VersioningConfiguration });
    return undefined;
  },
  async (stage, bucket) => {
    await on(stage).deletePublicAccessBlock({ Bucket: bucket });
    return undefined;
  },
];

/**
 * Each event comes one to five times, in any order, a fifth of them not at all, with sweeps in between: in the
 * end all is as if each had come once.
 */
export async function disorderMatrix(seed: number): Promise<Matrix> {
  const stage = await rehearse({
    watch: false,
    rolesFor: "no-roles",
    baseline: { limits: manyWrites },
    sendsByItself: false,
  });
  const cases = Array.from({ length: 1_000 }, (_, index): Case => {
    const draw = randomFrom(seed * 1_000_003 + index);
    return { name: `run ${index} of seed ${seed}`, run: () => muddle(stage, draw) };
  });
  return { cases, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

const lost = 0.2;
const mostCopies = 5;

async function muddle(stage: Rehearsal, draw: () => number): Promise<Verdict> {
  const bucket = stage.bucket("muddled");
  const { records } = stage.sandbox.world;
  const waiting: Task[] = [];
  let foreign: readonly string[] = [];
  const problems: string[] = [];
  const work = async (task: Task) => {
    const from = records.length;
    if ((await deliverTask(stage, task)) === undefined) problems.push("given up");
    // What we write makes events too.
    waiting.push(...copiesOf(tasksIn(stage, bucket, from), draw));
  };
  for (const act of shuffled(acts, draw).slice(0, 2 + Math.floor(draw() * 3))) {
    const from = records.length;
    foreign = (await act(stage, bucket)) ?? foreign;
    waiting.push(...copiesOf(tasksIn(stage, bucket, from), draw));
    while (waiting.length > 0 && draw() < 0.4) await work(takeAny(waiting, draw));
    if (draw() < 0.15) await work(sweepOf(stage, bucket, `sweep-${records.length}`));
  }
  // Every second run hears of nothing more until the sweep.
  if (draw() < 0.5) while (waiting.length > 0) await work(takeAny(waiting, draw));
  await work(sweepOf(stage, bucket, `last-${records.length}`));
  problems.push(...endProblems(stage, bucket, foreign));
  const { calls } = stage.sandbox;
  calls.clear();
  await work(sweepOf(stage, bucket, `again-${records.length}`));
  const writes = calls.list({ service: "s3", write: true, bucket });
  problems.push(...difference("writes in the end", writes.length, 0));
  stage.sandbox.world.buckets.delete(bucket);
  return { problems };
}

function tasksIn({ sandbox }: Rehearsal, bucket: string, from: number): readonly Task[] {
  return sandbox.world.records.slice(from).flatMap((record) => {
    if (record.requestParameters?.["bucketName"] !== bucket) return [];
    return taskOf(record) ?? [];
  });
}

function copiesOf(tasks: readonly Task[], draw: () => number): readonly Task[] {
  return tasks.flatMap((task) => {
    if (draw() < lost) return [];
    return Array.from({ length: 1 + Math.floor(draw() * mostCopies) }, () => task);
  });
}

function takeAny(waiting: Task[], draw: () => number): Task {
  const [task] = waiting.splice(Math.floor(draw() * waiting.length), 1);
  if (task === undefined) throw new Error("nothing waits");
  return task;
}

/** The bucket is as the baseline wants it, and holds just the statements of others that were put last. */
function endProblems(
  stage: Rehearsal,
  bucket: string,
  foreign: readonly string[],
): readonly string[] {
  const { policy = "", documents = {} } =
    stage.sandbox.world.buckets.get(bucket)?.configuration ?? {};
  const lostStatements = foreign.filter((statement) => !policy.includes(statement));
  const stale = foreignStatements(bucket).filter(
    (statement) => policy.includes(statement) && !foreign.includes(statement),
  );
  const shown = JSON.stringify(documents);
  const wanted = {
    encryption: shown.includes('"SSEAlgorithm":"aws:kms"'),
    logging: shown.includes(`"TargetBucket":"${stage.logBucket}"`),
    versioning: shown.includes('"Status":"Enabled"'),
    block: shown.includes('"RestrictPublicBuckets":"true"'),
    policy: policy.includes("aws:SecureTransport"),
  };
  return [
    ...lostStatements.map((it) => `lost: ${it}`),
    ...stale.map((it) => `came back: ${it}`),
    ...Object.entries(wanted).flatMap(([name, isRight]) => (isRight ? [] : [`${name} is wrong`])),
  ];
}
