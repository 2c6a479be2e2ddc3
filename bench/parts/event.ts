import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleHandler } from "../../scripts/stacks/bundle-handler.ts";
import { chainTo } from "../event/chain.ts";
import { type RunningFunction, startFunction } from "../event/function.ts";
import { baseline, deliveryOf, eventOf, type Trouble, troubles } from "../event/troubles.ts";
import { account, bucketName, type FakeS3, region, type Seen } from "../fake-s3/start.ts";
import { figure, medianOf, type Table } from "../table.ts";

export interface EventTerms {
  readonly latencyMilliseconds: number;
  /** Of the table, which in AWS is faster than S3. */
  readonly tableMilliseconds: number;
  /** How often each is measured. */
  readonly turns: number;
}

interface Stage {
  readonly fake: FakeS3;
  readonly terms: EventTerms;
  /** Handles every event. */
  readonly intake: RunningFunction;
  /** Starts `remediate` in a process of its own. */
  readonly start: () => RunningFunction;
}

/** From the event of a change to the proof of its repair, by the bundles as they are deployed. */
export async function benchEvent(fake: FakeS3, terms: EventTerms): Promise<Table> {
  const work = mkdtempSync(join(tmpdir(), "event-"));
  const [intakeBundle, remediateBundle] = [
    await bundled("intake", work),
    await bundled("remediate", work),
  ];
  const variables = variablesOf(fake);
  const intake = startFunction(intakeBundle, variables);
  const stage = { fake, terms, intake, start: () => startFunction(remediateBundle, variables) };
  try {
    const rows: (readonly string[])[] = [];
    for (const trouble of troubles) {
      rows.push(row(`${trouble.name}, warm`, await warm(trouble, stage)));
      rows.push(row(`${trouble.name}, cold`, await cold(trouble, stage)));
    }
    const { latencyMilliseconds: latency, tableMilliseconds: table, turns } = terms;
    const head = ["event", "calls", "rounds", "minimum ms", "ms (median)", "over it"];
    const title = `Event to proof: ${latency} ms, table ${table} ms, ${turns} turns each`;
    return { title, head, rows };
  } finally {
    intake.stop();
    rmSync(work, { recursive: true });
  }
}

async function bundled(name: string, work: string): Promise<string> {
  const out = join(work, name);
  const source = join(import.meta.dirname, `../../packages/functions/src/${name}.ts`);
  await bundleHandler(source, out, { runtime: "nodejs24.x", minify: true, splitting: true });
  return join(out, "bundle.mjs");
}

function variablesOf({ endpoint }: FakeS3): Readonly<Record<string, string>> {
  return {
    AWS_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "AKIABENCH",
    AWS_SECRET_ACCESS_KEY: "secret",
    WARDEN_BASELINE: JSON.stringify(baseline),
    WARDEN_TASK_QUEUE_URL: `${endpoint}/${account}/tasks.fifo`,
    WARDEN_LOOK_QUEUE_URL: `${endpoint}/${account}/looks`,
    WARDEN_LEDGER_TABLE: "ledger",
    WARDEN_TOPIC_ARN: `arn:aws:sns:${region}:${account}:topic`,
    WARDEN_STOP_PARAMETER: "/bucket-warden/stop",
    WARDEN_MEMBER_ROLE: "bucket-warden-remediation",
    WARDEN_LOG_LEVEL: "SILENT",
    WARDEN_METRICS: "off",
  };
}

/** What one event took until its repair was proven. */
interface Turn {
  readonly calls: number;
  readonly rounds: number;
  readonly minimum: number;
  readonly milliseconds: number;
}

async function warm(trouble: Trouble, stage: Stage): Promise<readonly Turn[]> {
  const remediate = stage.start();
  try {
    const all = await turnsOf(warmUps + stage.terms.turns, (at) =>
      turn(trouble, at, { ...stage, remediate, isCold: false }),
    );
    return all.slice(warmUps);
  } finally {
    remediate.stop();
  }
}

/** Connections, roles and code are there after the first one; V8 goes on to get faster. */
const warmUps = 5;

/** Each in a process that begins with the event; the time of Node's own start counts. */
function cold(trouble: Trouble, stage: Stage): Promise<readonly Turn[]> {
  return turnsOf(stage.terms.turns, async (at) => {
    const remediate = stage.start();
    try {
      return await turn(trouble, at, { ...stage, remediate, isCold: true });
    } finally {
      remediate.stop();
    }
  });
}

async function turnsOf(count: number, one: (at: number) => Promise<Turn>) {
  const turns: Turn[] = [];
  for (let at = 0; at < count; at += 1) turns.push(await one(at));
  return turns;
}

interface Played extends Stage {
  readonly remediate: RunningFunction;
  readonly isCold: boolean;
}

async function turn(
  trouble: Trouble,
  at: number,
  { fake, terms, intake, remediate, isCold }: Played,
): Promise<Turn> {
  const bucket = bucketName(10 * at); // these are in good order but for the trouble
  const { latencyMilliseconds, tableMilliseconds } = terms;
  const written = { [`${bucket}?${trouble.part}`]: trouble.left(bucket) };
  const latency = { latencyMilliseconds, tableMilliseconds };
  await fake.set({ ...latency, written, buckets: 10 * at + 1, notesCalls: true });
  const heard = await intake.invoke(eventOf(trouble, bucket));
  const [task] = (await fake.seen()).sent;
  if (task === undefined) throw new Error("the event became no task");
  const done = await remediate.invoke(deliveryOf(task));
  const { noted } = await fake.seen();
  const proof = proofIn(noted, trouble);
  const calls = noted.filter(({ from }) => from <= proof.from);
  const { rounds, milliseconds: minimum } = chainTo(proof, calls);
  const since = isCold ? done.startedAt : done.from;
  const milliseconds = heard.to - heard.from + (proof.to - since);
  return { calls: calls.length, rounds, minimum, milliseconds };
}

/** The first look after the write; with it the repair is known to have landed. */
function proofIn(noted: Seen["noted"], { part }: Trouble) {
  const write = noted.find(({ operation }) => operation === `Put ${part}`);
  const proof = noted.find(
    ({ operation, from }) => operation === `Get ${part}` && from >= (write?.to ?? Number.NaN),
  );
  if (proof === undefined) throw new Error(`the ${part} was not repaired`);
  return proof;
}

function row(name: string, turns: readonly Turn[]): readonly string[] {
  const of = (member: keyof Turn) => medianOf(turns.map((it) => it[member]));
  const [minimum, milliseconds] = [of("minimum"), of("milliseconds")];
  return [
    name,
    figure(of("calls")),
    figure(of("rounds")),
    figure(minimum),
    figure(milliseconds),
    figure(milliseconds - minimum),
  ];
}
