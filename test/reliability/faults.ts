import { resourceName, type Task } from "@bucket-warden/core/model";
import type { Fault, FaultKind } from "@bucket-warden/sandbox";
import { type Rehearsal, rehearse } from "../path/rehearsal.ts";
import { type Life, remediate } from "./lives.ts";
import {
  type Case,
  difference,
  type Matrix,
  randomFrom,
  shuffled,
  type Verdict,
} from "./matrix.ts";
import { move } from "./moved.ts";
import { documentsOf, recordsOf } from "./records.ts";
import { type Scenario, scenarioBaseline, scenarios } from "./scenarios.ts";
import { deliverTask, isDone, newLife, repairOf } from "./work.ts";

/** Something that goes wrong for the calls of one function. */
interface Trouble {
  readonly what: string;
  readonly faults: readonly Omit<Fault, "principal">[];
  /** How long the function has before Lambda ends it; long enough when left out. */
  readonly milliseconds?: number;
}

interface Trial extends Trouble {
  readonly scenario: Scenario;
  /** After so many deliveries it is over; a queue makes eight. */
  readonly deliveries: number;
}

/** What a repair leaves, and what it asks of AWS, when nothing goes wrong. */
interface Whole {
  readonly documents: ReadonlyMap<string, string>;
  readonly calls: readonly string[];
}

/** Everything goes wrong, for one delivery, for three and for all, for each control that repairs. */
export async function faultsMatrix(seed: number): Promise<Matrix> {
  const stage = await rehearse({
    watch: false,
    rolesFor: "no-roles",
    baseline: scenarioBaseline,
    sendsByItself: false,
    // Soon, but not so soon that a busy machine is mistaken for a call that nobody answers.
    variables: { WARDEN_REQUEST_TIMEOUT_MS: "1500" },
  });
  const draw = randomFrom(seed);
  const trials: Trial[] = [];
  const others: Case[] = [];
  const wholes = new Map<Scenario, Whole>();
  for (const scenario of scenarios) {
    const whole = await liveThrough(stage, scenario);
    wholes.set(scenario, whole);
    for (const trouble of troubles(whole, draw)) {
      const deliveries = [1, 3, 8][Math.floor(draw() * 3)] ?? 1;
      trials.push({ ...trouble, scenario, deliveries });
    }
    others.push(...moves(stage, scenario, whole));
  }
  const suffered = shuffled(trials, draw).map((trial): Case => {
    const whole = wholes.get(trial.scenario);
    if (whole === undefined) throw new Error("each scenario was lived through");
    const { what, deliveries, scenario } = trial;
    const name = `${what} for ${deliveries} deliveries of a repair by ${scenario.control}`;
    return { name, run: () => suffer(stage, trial, whole) };
  });
  const cases = shuffled([...suffered, ...others], draw);
  return { cases, atOnce: 12, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

/** Somebody deletes the bucket before each of our calls, and it is made again by others or elsewhere. */
function moves(stage: Rehearsal, scenario: Scenario, { calls }: Whole): readonly Case[] {
  const places = [{ account: "999988887777" }, { region: "eu-west-1" }];
  return places.flatMap((to) =>
    calls.map((_, index): Case => {
      const before = index + 1;
      const name = `a bucket of ${scenario.control} moves to ${JSON.stringify(to)} before call ${before}`;
      return { name, run: () => move(stage, { scenario, to, before }) };
    }),
  );
}

async function liveThrough(stage: Rehearsal, scenario: Scenario): Promise<Whole> {
  const { bucket, repair } = drift(stage, scenario);
  const { served } = await remediate(stage, repair, { life: newLife(), delivery: 1 });
  return { documents: documentsOf(stage, bucket), calls: served };
}

function drift(stage: Rehearsal, { control, drift: weaken }: Scenario) {
  const bucket = stage.bucket(control);
  weaken(stage, bucket);
  // It happened long ago: stale reads are about what we write.
  stage.sandbox.world.buckets.get(bucket)?.history.splice(0);
  return { bucket, repair: repairOf(stage, bucket, control) };
}

const givenUp = "given up after eight deliveries, for the dead-letter queue";
const triedAgain = "tried again until the trouble was over";
const toldWhy = "told a person why";

const minute = 60_000;

function troubles({ calls }: Whole, draw: () => number): readonly Trouble[] {
  const seed = () => Math.floor(draw() * 1e9);
  const some = (kind: FaultKind, probability: number, landed?: true): Trouble => ({
    what: `${JSON.stringify(kind)}${landed ? " that landed" : ""}, ${probability * 100} %`,
    faults: [{ kind, probability, seed: seed(), ...(landed ? { landed } : {}) }],
  });
  const always = (what: string, ...faults: Trouble["faults"]): Trouble => ({ what, faults });
  const reads = [...new Set(calls)].filter((it) => /^(Get|List|Describe)/.test(it));
  const write = calls.find((it) => /^(Put|Delete)(Bucket|Public|Object)/.test(it)) ?? "";
  return [
    ...[0.1, 0.3, 0.5, 0.7, 0.9].map((share) => some("throttle", share)),
    ...[0.2, 0.6].flatMap((share) => [
      some("internal-error", share),
      some("internal-error", share, true),
      some("reset", share),
      some("reset", share, true),
    ]),
    some("timeout", 0.2),
    some("timeout", 0.2, true),
    ...reads.map((operation) =>
      always(`${operation} denied`, { kind: "access-denied", operation }),
    ),
    always(`${write} denied`, { kind: "access-denied", operation: write }),
    always(`${write} busy`, { kind: "operation-aborted", operation: write }),
    always(`${write} busy twice`, { kind: "operation-aborted", operation: write, times: 2 }),
    always(`${write} lost`, { kind: "reset", operation: write, landed: true }),
    always("reads of a second ago", { service: "s3", kind: { staleReads: 1_000 } }),
    always("the table down", { service: "dynamodb", kind: "reset" }),
    always("the table throttles", { service: "dynamodb", kind: "throttle", probability: 0.7 }),
    always("the stop switch down", { service: "ssm", kind: "internal-error" }),
    always("KMS down", { service: "kms", kind: "internal-error" }),
    always("the queue down", { service: "sqs", kind: "reset" }),
    always("all slow", { kind: { latencyMilliseconds: 150 } }),
    // No write begins that could not be read back in time.
    ...[1_000, 20_000].map((milliseconds) => ({
      ...always(`a deadline in ${milliseconds} ms`),
      milliseconds,
    })),
    // And while everything is slow, that time comes before, between or after the writes.
    ...[100, 400, 700, 1_000].map((more) => ({
      ...always(`all slow, and ${more} ms to begin a write`, {
        kind: { latencyMilliseconds: 150 },
      }),
      milliseconds: 30_000 + more,
    })),
    ...[20, -20, 6].map((minutes) =>
      always(`a clock off by ${minutes} minutes`, {
        kind: { clockAheadMilliseconds: minutes * minute },
      }),
    ),
  ];
}

async function suffer(stage: Rehearsal, trial: Trial, whole: Whole): Promise<Verdict> {
  const { bucket, repair } = drift(stage, trial.scenario);
  const { sandbox } = stage;
  const life = newLife();
  const principal = `arn:aws:iam::${sandbox.account}:user/${life.name}`;
  const watch = watchFor(stage, { bucket, principal, whole });
  const ends = trial.faults.map((fault) => sandbox.faults.add({ ...fault, principal }));
  const { deliveries: most, milliseconds } = trial;
  const terms = milliseconds === undefined ? { life, most } : { life, most, milliseconds };
  const isOver = await deliverUntil(stage, repair, terms);
  for (const end of ends) end();
  const suffered = documentsOf(stage, bucket);
  const isRight = difference("", [...suffered], [...whole.documents]).length === 0;
  const last = isOver || trial.deliveries === 8 || (await deliverTask(stage, repair)) !== undefined;
  const problems = [
    ...watch.end(),
    ...(last ? [] : ["given up though nothing was wrong any more"]),
  ];
  if (isOver && !isRight) problems.push(...(await silence(stage, repair)));
  // The next look converges.
  const next = { ...repair, id: `next-${bucket}` };
  await deliverTask(stage, next);
  const found = documentsOf(stage, bucket);
  problems.push(...difference("in the end", [...found], [...whole.documents]));
  sandbox.world.buckets.delete(bucket);
  const limits = isOver ? [] : [trial.deliveries === 8 ? givenUp : triedAgain];
  return { problems, limits: isOver && !isRight ? [toldWhy] : limits };
}

/** Whether one of so many deliveries was the last. */
async function deliverUntil(
  stage: Rehearsal,
  task: Task,
  {
    most,
    ...terms
  }: { readonly most: number; readonly life: Life; readonly milliseconds?: number },
): Promise<boolean> {
  for (let delivery = 1; delivery <= most; delivery += 1) {
    const { answer } = await remediate(stage, task, { ...terms, delivery });
    if (isDone(answer)) return true;
  }
  return false;
}

/** Before each call: every document is as it was found, or as a repair leaves it. */
function watchFor(
  stage: Rehearsal,
  { bucket, principal, whole }: { bucket: string; principal: string; whole: Whole },
) {
  const drifted = documentsOf(stage, bucket);
  const worse = new Set<string>();
  const look = () => {
    const now = documentsOf(stage, bucket);
    for (const name of new Set([...drifted.keys(), ...now.keys()])) {
      const text = now.get(name);
      if (text === drifted.get(name) || text === whole.documents.get(name)) continue;
      worse.add(`worse: ${name} is ${text}`);
    }
  };
  const off = stage.sandbox.faults.beforeCall((call) => {
    if (call.principal.arn === principal) look();
  });
  return {
    end: () => {
      off();
      look();
      return [...worse];
    },
  };
}

/** A task that is done and left drift behind has told people why. */
async function silence(stage: Rehearsal, task: Task): Promise<readonly string[]> {
  await stage.deployment.idle();
  const bucket = resourceName(task.ref);
  const { entry } = await recordsOf(stage, task.id);
  const why = stage.messages(bucket).flatMap(({ notices }) => notices.map(({ did }) => did));
  const isTold = why.some((text) => text !== "");
  return isTold ? [] : [`not repaired, and nobody was told: ${JSON.stringify(entry?.outcome)}`];
}
