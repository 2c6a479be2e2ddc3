import type { Task } from "@bucket-warden/core/model";
import type { CloudTrailRecord } from "@bucket-warden/sandbox";
import { type Rehearsal, rehearse } from "../path/rehearsal.ts";
import { isRead, remediate } from "./lives.ts";
import {
  type Case,
  difference,
  type Matrix,
  randomFrom,
  shuffled,
  type Verdict,
} from "./matrix.ts";
import { recordsOf } from "./records.ts";
import { foreignPolicy, foreignStatements, manyWrites } from "./scenarios.ts";
import { deliverEvents, deliverTask, newLife, repairOf, sweepOf, taskOf, undoOf } from "./work.ts";

/** What somebody makes of the policy meanwhile: its statements, or none for no policy. */
interface Edit {
  readonly what: string;
  readonly statements: (bucket: string) => readonly string[];
}

const added = (bucket: string) =>
  `{"Sid":"New","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::555566667777:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::${bucket}/new/*"}`;

const edits: readonly Edit[] = [
  { what: "adds", statements: (bucket) => [...foreignStatements(bucket), added(bucket)] },
  { what: "removes", statements: (bucket) => foreignStatements(bucket).slice(1) },
  { what: "replaces all", statements: (bucket) => [added(bucket)] },
  {
    what: "changes",
    statements: (bucket) => {
      const [first = "", ...rest] = foreignStatements(bucket);
      return [...rest, first.replace("s3:GetObject", "s3:GetObjectVersion")];
    },
  },
  { what: "deletes", statements: () => [] },
];

/** What our write was for: an event of some seconds ago, one of this second, a sweep, an undo. */
type Work = "old event" | "young event" | "sweep" | "undo";

interface Race {
  readonly edit: Edit;
  readonly work: Work;
  /** Before which of our calls they write. */
  readonly before: number;
  /** Whether CloudTrail shows what they wrote. */
  readonly shown: boolean;
}

/** It cannot be proved that they came later than what our write was made for. */
const leftToPeople = "an edit overwritten by us, left to a person with the document";

const mergedBack = "an edit overwritten by us, merged back";

/** Somebody writes before each call of ours, and handlers work on one bucket at the same time. */
export async function racesMatrix(seed: number): Promise<Matrix> {
  const stage = await rehearse({
    watch: false,
    rolesFor: "no-roles",
    baseline: { limits: manyWrites },
    sendsByItself: false,
  });
  const draw = randomFrom(seed);
  const windows: Window[] = [];
  const races: Race[] = [];
  for (const work of ["old event", "young event", "sweep", "undo"] as const) {
    const moments = await momentsOf(stage, work);
    races.push(
      ...edits.flatMap((edit) =>
        moments.map((before): Race => ({ edit, work, before, shown: draw() < 0.9 })),
      ),
    );
  }
  const meddling = shuffled(races, draw).map((race) => ({
    name: `${race.edit.what} before call ${race.before} for an ${race.work}${race.shown ? "" : ", not shown"}`,
    run: () => meddle(stage, race, windows),
  }));
  const together = Array.from({ length: 30 }, (_, index): readonly Case[] => [
    { name: `two handlers at once, ${index}`, run: () => twoHandlers(stage, index) },
    { name: `undo and repair at once, ${index}`, run: () => undoAndRepair(stage, index) },
  ]).flat();
  const cases = shuffled([...meddling, ...together], draw);
  const measured = () => windowIn(windows);
  return { cases, measured, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() };
}

/** Between the last look at a policy and our write of it. */
interface Window {
  readonly milliseconds: number;
  readonly callsBetween: number;
}

function windowIn(windows: readonly Window[]): string {
  const sorted = windows.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const calls = windows.reduce((most, { callsBetween }) => Math.max(most, callsBetween), 0);
  return `${windows.length} writes, each ${median} ms (median) after the last look, at most ${calls} calls of ours in between`;
}

/** The windows of the policy writes of one life. */
function windowsOf({ sandbox }: Rehearsal, life: string): readonly Window[] {
  const principal = `arn:aws:iam::${sandbox.account}:user/${life}`;
  const calls = sandbox.calls.list({ principal });
  return calls.flatMap(({ operation, at }, index) => {
    if (!/^(Put|Delete)BucketPolicy$/.test(operation)) return [];
    const look = calls.slice(0, index).findLastIndex((it) => it.operation === "GetBucketPolicy");
    const before = calls[look]?.at ?? at;
    return [{ milliseconds: at - before, callsBetween: index - look - 1 }];
  });
}

/** Before which of our calls somebody may write, and after the last; reads of one look are one moment. */
async function momentsOf(stage: Rehearsal, work: Work): Promise<readonly number[]> {
  const { bucket, task } = await workOf(stage, work);
  const { served } = await remediate(stage, task, { life: newLife(), delivery: 1 });
  stage.sandbox.world.buckets.delete(bucket);
  return [...served, "after"].flatMap((next, index) => {
    const last = served[index - 1] ?? "before";
    return isRead(last) && isRead(next) ? [] : [index + 1];
  });
}

/** A bucket whose policy was replaced by that of others, and the task of that event. */
async function replaced(stage: Rehearsal, ageSeconds: number) {
  const bucket = stage.bucket("raced");
  const { records } = stage.sandbox.world;
  const mallory = stage.as("mallory");
  await mallory.putBucketPolicy({ Bucket: bucket, Policy: foreignPolicy(bucket) });
  const record = records.at(-1);
  const task = record && taskOf(earlier(record, ageSeconds));
  if (task === undefined) throw new Error("the call left a record");
  return { bucket, task, from: records.length };
}

function earlier(record: CloudTrailRecord, seconds: number): CloudTrailRecord {
  const time = new Date(Date.parse(record.eventTime) - seconds * 1_000).toISOString();
  return { ...record, eventTime: `${time.slice(0, 19)}Z` };
}

async function workOf(stage: Rehearsal, work: Work) {
  const { bucket, task } = await replaced(stage, work === "old event" ? 5 : 0);
  const own: Readonly<Record<Work, () => Promise<Task>>> = {
    "old event": async () => task,
    "young event": async () => task,
    sweep: async () => sweepOf(stage, bucket, "first"),
    undo: async () => {
      const repair = repairOf(stage, bucket, "ssl-only");
      await deliverTask(stage, repair);
      return undoOf(repair);
    },
  };
  return { bucket, task: await own[work]() };
}

async function meddle(stage: Rehearsal, race: Race, windows: Window[]): Promise<Verdict> {
  const { bucket, task } = await workOf(stage, race.work);
  const { sandbox } = stage;
  const from = sandbox.world.records.length;
  const statements = race.edit.statements(bucket);
  const life = newLife();
  const when = editBefore(stage, { race, bucket, life: life.name, statements });
  const first = await remediate(stage, task, { life, delivery: 1 });
  when.off();
  windows.push(...windowsOf(stage, life.name));
  const problems: string[] = [];
  if (first.answer === undefined || !JSON.stringify(first.answer).includes(":[]")) {
    if ((await deliverTask(stage, task)) === undefined) problems.push("given up");
  }
  // Our life was over before: they write after it.
  if (!when.isDone()) await when.edit();
  if (!race.shown) hide(stage, bucket, from);
  problems.push(...(await deliverEvents(stage, bucket, from)));
  await stage.deployment.idle();
  const kept = foreignProblems(stage, bucket, statements);
  const limits: string[] = [];
  if (stage.told(bucket).includes("fixed overwritten-edit")) limits.push(mergedBack);
  if (kept.length > 0) {
    if (await isLeftToPeople(stage, bucket, from, race)) limits.push(leftToPeople);
    else problems.push(...kept);
  }
  if (race.work !== "undo") problems.push(...(await settledProblems(stage, bucket)));
  sandbox.world.buckets.delete(bucket);
  return { problems, limits };
}

interface Meddling {
  readonly race: Race;
  readonly bucket: string;
  readonly life: string;
  readonly statements: readonly string[];
}

/** Lets somebody write once, before the call that the race names. */
function editBefore(stage: Rehearsal, { race, bucket, life, statements }: Meddling) {
  let calls = 0;
  let isDone = false;
  const edit = async () => {
    isDone = true;
    const Policy = `{"Version":"2008-10-17","Statement":[${statements.join(",")}]}`;
    const intruder = stage.as("intruder");
    if (statements.length === 0) await intruder.deleteBucketPolicy({ Bucket: bucket });
    else await intruder.putBucketPolicy({ Bucket: bucket, Policy });
  };
  const off = stage.sandbox.faults.beforeCall(async ({ principal }) => {
    if (!principal.arn.endsWith(`/${life}`)) return;
    calls += 1;
    if (calls === race.before && !isDone) await edit();
  });
  return { off, edit, isDone: () => isDone };
}

/** As if CloudTrail had left out what the call was given. */
function hide({ sandbox }: Rehearsal, bucket: string, from: number): void {
  const { records } = sandbox.world;
  for (const [place, record] of records.entries()) {
    const { bucketName } = record.requestParameters ?? {};
    const isTheirs = JSON.stringify(record.userIdentity).includes("/intruder");
    if (place < from || bucketName !== bucket || !isTheirs) continue;
    records[place] = { ...record, requestParameters: { bucketName } };
  }
}

/** People heard of the edit, and the ledger has what was written. */
async function isLeftToPeople(
  stage: Rehearsal,
  bucket: string,
  from: number,
  { shown }: Race,
): Promise<boolean> {
  const records = stage.sandbox.world.records.slice(from);
  const theirs = records.find(
    ({ userIdentity, requestParameters }) =>
      requestParameters?.["bucketName"] === bucket &&
      JSON.stringify(userIdentity).includes("/intruder"),
  );
  const task = theirs && taskOf(theirs);
  if (task === undefined) return false;
  const { entry } = await recordsOf(stage, task.id);
  const isTold = stage.told(bucket).includes("flagged overwritten-edit");
  return (
    isTold && entry?.task.claim !== undefined && (!shown || entry.task.claim.kind !== "unseen")
  );
}

/** How the statements of others differ from these. */
function foreignProblems(
  stage: Rehearsal,
  bucket: string,
  wanted: readonly string[],
): readonly string[] {
  return difference("statements of others", foreignIn(stage, bucket), contents(wanted));
}

/** The statements that are not ours, whatever their spelling, in the order of their content. */
function foreignIn({ sandbox }: Rehearsal, bucket: string): readonly string[] {
  const { policy } = sandbox.world.buckets.get(bucket)?.configuration ?? {};
  const all: readonly { readonly Sid?: string }[] =
    policy === undefined ? [] : JSON.parse(policy).Statement;
  const foreign = all.filter(({ Sid }) => Sid?.startsWith("BucketWarden") !== true);
  return contents(foreign.map((it) => JSON.stringify(it)));
}

function contents(statements: readonly string[]): readonly string[] {
  return statements
    .map((text) => JSON.stringify(Object.entries(JSON.parse(text)).sort()))
    .toSorted();
}

/** A look at everything finds nothing to write. */
async function settledProblems(stage: Rehearsal, bucket: string): Promise<readonly string[]> {
  const { calls } = stage.sandbox;
  calls.clear();
  await deliverTask(stage, sweepOf(stage, bucket, "last"));
  const writes = calls.list({ service: "s3", write: true, bucket });
  const { policy = "" } = stage.sandbox.world.buckets.get(bucket)?.configuration ?? {};
  return [
    ...difference(
      "writes in the end",
      writes.map(({ operation }) => operation),
      [],
    ),
    ...(policy.includes("BucketWardenSslOnly") ? [] : ["plain HTTP is allowed in the end"]),
  ];
}

/** Two handlers on one bucket, which the queue never lets happen. */
async function twoHandlers(stage: Rehearsal, index: number): Promise<Verdict> {
  const { bucket, task, from } = await replaced(stage, 5);
  const other = sweepOf(stage, bucket, `meanwhile-${index}`);
  await Promise.all([deliverTask(stage, task), deliverTask(stage, other)]);
  const problems = [
    ...(await deliverEvents(stage, bucket, from)),
    ...foreignProblems(stage, bucket, foreignStatements(bucket)),
    ...(await settledProblems(stage, bucket)),
  ];
  stage.sandbox.world.buckets.delete(bucket);
  return { problems };
}

/** Somebody takes a repair back while an event has the same bucket repaired. */
async function undoAndRepair(stage: Rehearsal, index: number): Promise<Verdict> {
  const { bucket, from } = await replaced(stage, 5);
  const repair = repairOf(stage, bucket, "ssl-only");
  await deliverTask(stage, repair);
  const again = sweepOf(stage, bucket, `meanwhile-${index}`);
  await Promise.all([deliverTask(stage, undoOf(repair)), deliverTask(stage, again)]);
  const problems = [
    ...(await deliverEvents(stage, bucket, from)),
    ...foreignProblems(stage, bucket, foreignStatements(bucket)),
  ];
  stage.sandbox.world.buckets.delete(bucket);
  return { problems };
}
