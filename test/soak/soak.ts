import { setTimeout as sleep } from "node:timers/promises";
import { generator } from "../../packages/sandbox/src/generator.ts";
import { type Rehearsal, rehearse } from "../path/rehearsal.ts";
import { expire, forgetSweeps, openBooks } from "./books.ts";
import { type Footprint, footprint } from "./growth.ts";
import { createIntruder, type Intruder } from "./intruder.ts";
import {
  createWatch,
  editsLeftToPeople,
  leftOver,
  outsider,
  repeated,
  restless,
  unpictured,
  unsettled,
} from "./invariants.ts";
import { troubleFor } from "./trouble.ts";

export interface Terms {
  readonly milliseconds: number;
  readonly seed: number;
  /** How long the disturbance lasts before all must come to rest. */
  readonly stormMilliseconds: number;
  readonly onRound: (round: Round) => void;
  /** Breaks a law in each storm, so that the soak is seen to tell of it. */
  readonly accomplice?: (stage: Rehearsal, buckets: readonly string[]) => Promise<unknown>;
}

/** One storm and the calm after it, and what was still held then. */
export interface Round extends Footprint {
  readonly atMilliseconds: number;
  readonly acts: number;
  readonly writes: number;
  readonly messages: number;
  readonly faults: readonly string[];
  /** Tasks that were given up in a fault; the sweep did their work. */
  readonly deadLetters: number;
  /** Edits that were overwritten unseen, and of which a person was told with the document. */
  readonly leftToPeople: number;
  readonly problems: readonly string[];
}

const purposes = ["data", "photos", "ledger", "web", "backup", "scratch"];

/** Storms and calms for so long; every second what must always hold is looked at. */
export async function soak(terms: Terms): Promise<readonly Round[]> {
  const draw = generator(terms.seed);
  await using stage = await rehearse({
    rolesFor: "no-roles",
    retryMilliseconds: 400,
    disorder: { seed: terms.seed, duplicate: 0.2, drop: 0.1, maximumDelayMilliseconds: 50 },
    // Hundreds of repairs of the same drift within minutes are the point here.
    baseline: { limits: { contested: { times: 100, hours: 1 }, writesPerDay: 1_000_000 } },
  });
  const buckets = purposes.map((purpose) => stage.bucket(purpose));
  await stage.as("owner@444455556666").createBucket({ Bucket: outsider });
  const intruder = createIntruder(stage, buckets, draw);
  const started = Date.now();
  const rounds: Round[] = [];
  while (Date.now() - started < terms.milliseconds) {
    const faults: string[] = [];
    const problems = await storm({ stage, buckets, intruder, draw, faults }, terms);
    const round = await calm({ stage, buckets, intruder, faults, started, problems });
    rounds.push(round);
    terms.onRound(round);
    if (round.problems.length > 0) break;
  }
  return rounds;
}

interface Weather {
  readonly stage: Rehearsal;
  readonly buckets: readonly string[];
  readonly intruder: Intruder;
  readonly faults: string[];
}

/** Intruders, faults and sweeps at once; the answers are the laws that were broken meanwhile. */
async function storm(
  { stage, buckets, intruder, draw, faults }: Weather & { readonly draw: () => number },
  { stormMilliseconds, accomplice = async () => undefined }: Terms,
): Promise<readonly string[]> {
  const end = Date.now() + stormMilliseconds;
  const isOn = () => Date.now() < end;
  const watch = createWatch(stage, buckets, intruder);
  const problems: string[] = [];
  const intrude = async () => {
    for (; isOn(); await sleep(80 + draw() * 240)) await intruder.act();
  };
  const disturb = async () => {
    for (; isOn(); await sleep(500 + draw() * 1_500)) {
      const trouble = troubleFor(stage, draw);
      faults.push(trouble.name);
      await sleep(500 + draw() * 1_500);
      trouble.end();
    }
  };
  const look = async () => {
    for (; isOn(); await sleep(1_000)) problems.push(...watch(Date.now()));
  };
  const sweep = async () => {
    const pause = Math.min(4_000, stormMilliseconds);
    for (; isOn(); await sleep(pause)) await stage.deployment.sweep().catch(() => undefined);
  };
  const all = [intrude(), intrude(), disturb(), look(), sweep(), accomplice(stage, buckets)];
  await Promise.all(all);
  stage.sandbox.faults.clear();
  return [...new Set(problems)];
}

/** Nobody disturbs any more: after a sweep all is right, and a second one has nothing to do. */
async function calm(
  it: Weather & { readonly started: number; readonly problems: readonly string[] },
): Promise<Round> {
  const { stage, buckets, intruder, faults, started } = it;
  await stage.deployment.idle();
  await forgetSweeps(stage);
  await stage.sweepAgain();
  const { writes: rewrites } = await stage.sweepAgain();
  const standing = await Promise.all(buckets.map((bucket) => unsettled(stage, bucket, intruder)));
  for (const bucket of buckets) if (editsLeftToPeople(stage, bucket) > 0) intruder.giveUp(bucket);
  const books = await openBooks(stage);
  const problems = [
    ...it.problems,
    ...standing.flat(),
    ...restless(rewrites),
    ...unpictured(stage, books),
    ...repeated(stage, intruder, faults),
    ...leftOver(stage),
  ];
  const round = {
    acts: buckets.reduce((sum, bucket) => sum + intruder.actsOn(bucket), 0),
    writes: stage.writes().length,
    messages: stage.messages().length,
    faults,
    deadLetters: clearDeadLetters(stage),
    leftToPeople: buckets.reduce((sum, bucket) => sum + editsLeftToPeople(stage, bucket), 0),
  };
  await expire(stage, books);
  forget(stage, intruder);
  const atMilliseconds = Date.now() - started;
  return { ...round, problems, atMilliseconds, ...footprint() };
}

function clearDeadLetters({ sandbox }: Rehearsal): number {
  const queues = [...sandbox.world.queues.values()].filter(({ name }) => /dead-letters/.test(name));
  return queues.reduce((sum, { messages }) => sum + messages.splice(0).length, 0);
}

/** What AWS would not keep either, or not in the memory of this process. */
function forget(stage: Rehearsal, intruder: Intruder): void {
  const { calls, world } = stage.sandbox;
  calls.clear();
  world.records.length = 0;
  world.published.length = 0;
  for (const { history } of world.buckets.values()) history.length = 0;
  for (const { seen } of world.queues.values()) seen.clear();
  // The lists themselves, which nobody else empties.
  (stage.messages() as unknown[]).length = 0;
  (stage.deployment.failures as unknown[]).length = 0;
  intruder.forget();
}
