import { resourceName, type Task } from "@bucket-warden/core/model";
import { type Rehearsal, rehearse } from "../path/rehearsal.ts";
import { deliverMessages, isRead, type Life, type Lived, remediate } from "./lives.ts";
import {
  type Case,
  difference,
  type Matrix,
  randomFrom,
  shuffled,
  type Verdict,
} from "./matrix.ts";
import { muffled } from "./muffled.ts";
import { configurationOf, recordsOf } from "./records.ts";
import { accountScenario, type Scenario, scenarioBaseline, scenarios } from "./scenarios.ts";
import { newLife, repairOf, sweepOf, undoOf } from "./work.ts";

/** What a function was doing when it died. */
type Work = "repair" | "undo" | "message";

/** After how many calls each life dies; the one behind the last of these is whole. */
interface Death {
  readonly scenario: Scenario;
  readonly work: Work;
  readonly after: readonly number[];
  /** Between which calls the first life died, for people. */
  readonly where: string;
}

/** What comes of one scenario when nobody dies. */
interface Whole {
  readonly drifted: string;
  readonly repaired: string;
  readonly undone: string;
  readonly writes: readonly string[];
  readonly lives: Readonly<Record<Work, readonly string[]>>;
}

/** A sent message that nobody noted is sent again: standard topics cannot do better. */
const repeatedMessage = "message sent twice, died between sending and noting";

/**
 * Each function dies after each of its calls and is delivered again, for each control that repairs a
 * bucket, its undo and its message; each of them also dies twice, and the topic is away.
 */
export async function crashMatrix(seed: number): Promise<Matrix> {
  const baseline = scenarioBaseline;
  const stage = await rehearse({
    watch: false,
    rolesFor: "no-roles",
    baseline,
    sendsByItself: false,
  });
  const deaths: Death[] = [];
  const wholes = new Map<Scenario, Whole>();
  for (const scenario of [...scenarios, accountScenario]) {
    stage.sandbox.calls.clear();
    const whole = await liveThrough(stage, scenario);
    wholes.set(scenario, whole);
    deaths.push(...deathsIn(scenario, whole));
  }
  const draw = randomFrom(seed);
  const all = [...deaths, ...twice(deaths, wholes, draw)];
  const dying = all.map((death): Case => {
    const whole = wholes.get(death.scenario);
    if (whole === undefined) throw new Error("each scenario was lived through");
    const name = `${death.work} by ${death.scenario.control}, dead ${death.where}`;
    return { name, run: () => dieAndComeBack(stage, death, whole) };
  });
  const cases = shuffled([...dying, ...scenarios.flatMap((it) => muffled(stage, it))], draw);
  return { cases, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

async function liveThrough(stage: Rehearsal, scenario: Scenario): Promise<Whole> {
  const { bucket, repair, undo } = drift(stage, scenario);
  const drifted = configurationOf(stage, bucket);
  const repairing = await remediate(stage, repair, { life: newLife(), delivery: 1 });
  const repaired = configurationOf(stage, bucket);
  const writes = writesTo(stage, bucket);
  const telling = await deliverMessages(stage, newLife());
  const undoing = await remediate(stage, undo, { life: newLife(), delivery: 1 });
  const undone = configurationOf(stage, bucket);
  await stage.deployment.idle();
  if (repaired === drifted || undone === repaired) {
    throw new Error(`${scenario.control} repairs nothing, or its undo takes nothing back`);
  }
  const lives = { repair: repairing.served, undo: undoing.served, message: telling.served };
  return { drifted, repaired, undone, writes, lives };
}

/** A bucket that drifted, the task that repairs it, and the one that takes the repair back. */
function drift(stage: Rehearsal, { control, target, drift: weaken }: Scenario) {
  const bucket = target === "account" ? newAccount() : stage.bucket(control);
  weaken(stage, bucket);
  const repair = repairOf(stage, bucket, control);
  return { bucket, repair, undo: undoOf(repair) };
}

let accounts = 0;

/** What is undone leaves a waiver, so that each account is repaired once. */
function newAccount(): string {
  accounts += 1;
  return `account ${222_200_000_000 + accounts}`;
}

/** The writes that S3 took. */
function writesTo({ sandbox }: Rehearsal, bucket: string): readonly string[] {
  const isAccount = bucket.startsWith("account ");
  const where = isAccount ? ({ service: "s3-control" } as const) : { bucket };
  return sandbox.calls
    .list({ service: "s3", write: true, ...where })
    .filter(({ status }) => status >= 200 && status < 300)
    .map(({ operation }) => operation);
}

/**
 * Every moment at which a life can end. The reads of one look go out together, so that dying between
 * two of them is dying before the first.
 */
function deathsIn(scenario: Scenario, { lives }: Whole): readonly Death[] {
  return (["repair", "undo", "message"] as const).flatMap((work) => {
    const calls = lives[work];
    return [...calls, "the answer"].flatMap((next, after): readonly Death[] => {
      const last = calls[after - 1] ?? "the first call";
      if (isRead(last) && isRead(next)) return [];
      return [{ scenario, work, after: [after], where: `between ${last} and ${next} (${after})` }];
    });
  });
}

/** As many that die in their second life as well. */
function twice(
  deaths: readonly Death[],
  wholes: ReadonlyMap<Scenario, Whole>,
  draw: () => number,
): readonly Death[] {
  return deaths.map((death) => {
    const calls = wholes.get(death.scenario)?.lives[death.work].length ?? 0;
    const again = Math.floor(draw() * calls);
    return {
      ...death,
      after: [...death.after, again],
      where: `${death.where} and after ${again} more calls`,
    };
  });
}

/** Lets each life die where it shall, then one that lives to its end. */
async function lifeAfterLife(
  stage: Rehearsal,
  { after }: Death,
  live: (life: Life, delivery: number) => Promise<Lived>,
): Promise<readonly Lived[]> {
  const lived: Lived[] = [];
  for (const [index, calls] of [...after, undefined].entries()) {
    lived.push(await live(newLife(calls), index + 1));
    stage.sandbox.faults.clear();
  }
  return lived;
}

/** Works a task off, in several lives where it is the one that the death is about. */
async function work(
  stage: Rehearsal,
  task: Task,
  { death, kind }: { readonly death: Death; readonly kind: Work },
): Promise<readonly string[]> {
  const own = { ...death, after: death.work === kind ? death.after : [] };
  const bucket = resourceName(task.ref);
  const problems: string[] = [];
  await lifeAfterLife(stage, own, async (life, delivery) => {
    const before = configurationOf(stage, bucket);
    const lived = await remediate(stage, task, { life, delivery });
    const isWritten = configurationOf(stage, bucket) !== before;
    const { images } = await recordsOf(stage, task.id);
    if (isWritten && images.length === 0) problems.push("written without a before-image");
    return lived;
  });
  return problems;
}

async function dieAndComeBack(stage: Rehearsal, death: Death, whole: Whole): Promise<Verdict> {
  const { bucket, repair, undo } = drift(stage, death.scenario);
  stage.sandbox.calls.clear();
  const repaired = [
    ...(await work(stage, repair, { death, kind: "repair" })),
    ...difference("repaired", configurationOf(stage, bucket), whole.repaired),
    ...difference("writes", writesTo(stage, bucket), whole.writes),
    ...(await repairProblems(stage, repair, death.scenario)),
  ];
  const rounds =
    death.work === "message"
      ? await lifeAfterLife(stage, death, (life) => deliverMessages(stage, life))
      : [await deliverMessages(stage, newLife())];
  await stage.deployment.idle();
  const { problems, limits } = tellingProblems(stage, { bucket, death, rounds });
  const undone = [
    ...(await work(stage, undo, { death, kind: "undo" })),
    ...(await repairedAgain(stage, repair)),
    ...difference("undone", configurationOf(stage, bucket), whole.undone),
    ...difference("writes with undo", writesTo(stage, bucket).length, 2 * whole.writes.length),
    ...(await undoProblems(stage, undo)),
  ];
  await deliverMessages(stage, newLife());
  await stage.deployment.idle();
  stage.sandbox.world.buckets.delete(bucket);
  return { problems: [...repaired, ...problems, ...undone], limits };
}

/** One repair in the ledger, told or waiting to be told, and what it replaced is retrievable. */
async function repairProblems(
  stage: Rehearsal,
  task: Task,
  { control }: Scenario,
): Promise<readonly string[]> {
  const { entry, images } = await recordsOf(stage, task.id);
  const written = entry?.receipts.filter(({ kind }) => kind === "written") ?? [];
  const kept = written.every(({ step }) =>
    images.some((image) => JSON.stringify(image.before) === JSON.stringify(step.before)),
  );
  return [
    ...difference("outcome", entry?.outcome, { kind: "fixed", controls: [control] }),
    ...difference("announced", entry?.announced, true),
    ...difference("repairs in the ledger", written.length, 1),
    ...(kept ? [] : ["the ledger has no before-image of what was written"]),
  ];
}

/** What was taken back is waived, so that the next look leaves it alone. */
async function repairedAgain(stage: Rehearsal, repair: Task): Promise<readonly string[]> {
  const bucket = resourceName(repair.ref);
  const before = configurationOf(stage, bucket);
  const { controls = [] } = repair;
  const look = { ...sweepOf(stage, bucket, "sweep"), controls };
  await remediate(stage, look, { life: newLife(), delivery: 1 });
  return difference("after the next look", configurationOf(stage, bucket), before);
}

async function undoProblems(stage: Rehearsal, task: Task): Promise<readonly string[]> {
  const { entry } = await recordsOf(stage, task.id);
  const { length } = entry?.receipts.filter(({ kind }) => kind === "written") ?? [];
  return [
    ...difference("outcome of the undo", entry?.outcome.kind, "undone"),
    ...difference("writes of the undo in the ledger", length, 1),
  ];
}

/** Told once; twice where the function died after it sent and before it noted that. */
function tellingProblems(
  stage: Rehearsal,
  { bucket, death, rounds }: { bucket: string; death: Death; rounds: readonly Lived[] },
): { readonly problems: readonly string[]; readonly limits: readonly string[] } {
  const { control } = death.scenario;
  const unnoted = rounds.filter(
    ({ served, answer }) => answer === undefined && served.at(-1) === "Publish",
  );
  const times = 1 + unnoted.length;
  const expected = Array.from({ length: times }, () => `fixed ${control}`);
  return {
    problems: difference("told", stage.told(bucket), expected),
    limits: unnoted.map(() => repeatedMessage),
  };
}
