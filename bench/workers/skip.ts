import {
  createAccessLogs,
  createClients,
  createDirectory,
  createHistory,
  createReader,
  createWriter,
  isThrottling,
  noStopSwitch,
  shareAnswers,
} from "@bucket-warden/core/aws";
import { parseBaseline } from "@bucket-warden/core/baseline";
import { controls, targetsOf } from "@bucket-warden/core/controls";
import { dayMilliseconds } from "@bucket-warden/core/kernel";
import {
  type LookOrder,
  parseAccountId,
  parseBucketName,
  parseRegion,
  type Task,
} from "@bucket-warden/core/model";
import { type Ports, reconcile } from "@bucket-warden/core/reconcile";
import { ledgerIn, sweepsIn, type Table } from "@bucket-warden/core/record";
import { createGate, laneOf } from "@bucket-warden/core/sweep";
import { sweepAccount } from "@bucket-warden/core/sweep-account";
import { workOffLooks } from "@bucket-warden/core/work-off-looks";
import { memoryTable } from "../../test/ledger/memory-table.ts";
import { account as accountId, bucketName, region as regionCode } from "../fake-s3/start.ts";
import { asked, tellParent } from "./meter.ts";

/** Sweeps an account day after day, with what changed in between; its first sweep is not measured. */
export interface SkipAsked {
  readonly endpoint: string;
  readonly buckets: number;
  /** Requests in flight. */
  readonly concurrency: number;
  readonly baseline: object;
  /** For each sweep after the first, the share of the buckets on which something changed. */
  readonly changed: readonly number[];
}

/** What one sweep took. */
export interface SweepTook {
  readonly wallMilliseconds: number;
  readonly cpuMilliseconds: number;
  /** Calls about the account, and calls of the ledger table. */
  readonly calls: number;
  readonly tableCalls: number;
  readonly queued: number;
  readonly skipped: number;
}

const { endpoint, buckets, concurrency: most, ...given } = asked<SkipAsked>();
const account = parseAccountId(accountId, "bench");
const region = parseRegion(regionCode, "bench");
const baseline = parseBaseline(given.baseline, "bench");
const standard = { baseline, release: "bench" };

let now = Date.now();
const clock = { now: () => now, sleep: async () => {} };
let calls = 0;
let tableCalls = 0;
const gate = createGate({ most, isThrottled: isThrottling });
const clients = createClients({
  region,
  endpoint,
  credentials: { accessKeyId: "AKIABENCH", secretAccessKey: "secret" },
  around: (at, attempt) => {
    calls += 1;
    return gate.pass(laneOf(at), attempt);
  },
});
const table = counted(memoryTable());
const ledger = ledgerIn(table);
const directory = createDirectory(clients, [region]);
const orders: LookOrder[] = [];
const tasks: Task[] = [];
const setGoing = async (): Promise<void> => {};

/** The table of a deployment is one call away; what a call takes there is no part of this. */
function counted(of: Table): Table {
  return new Proxy(of, {
    get: (target, name: keyof Table) => {
      tableCalls += 1;
      return target[name];
    },
  });
}

async function sweepOnce(sweepId: string): Promise<SweepTook> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  [calls, tableCalls] = [0, 0];
  // What the functions of a sweep share is asked anew in each.
  const reader = createReader(
    clients,
    shareAnswers({ clock, keepMilliseconds: dayMilliseconds / 2, most: 1_000 }),
  );
  const ports = { directory, ledger, reader, setGoing, clock, gate };
  const terms = {
    ...standard,
    kinds: targetsOf(controls),
    // So that nothing has to be looked at twice.
    largeSweep: { buckets: 100_000, percent: 100 },
    remainingMilliseconds: () => 900_000,
  };
  const looks = { send: async (some: readonly LookOrder[]) => void orders.push(...some) };
  const slice = { account, sweepId };
  const end = await sweepAccount(slice, terms, { ...ports, looks, sweeps: sweepsIn(table) });
  if (end.kind !== "ended") throw new Error(`the sweep ${sweepId} is ${end.kind}`);
  await workOff(ports, looks);
  const { user, system } = process.cpuUsage(cpu);
  return {
    wallMilliseconds: performance.now() - startedAt,
    cpuMilliseconds: (user + system) / 1_000,
    calls,
    tableCalls,
    queued: end.run.queued,
    skipped: end.run.skipped,
  };
}

/** As many orders at once as fill the requests in flight, and then what is left to the tasks. */
async function workOff(
  ports: Pick<Ports, "ledger" | "reader" | "clock"> & { readonly gate: typeof gate },
  looks: { readonly send: (some: readonly LookOrder[]) => Promise<void> },
): Promise<void> {
  const queue = { send: async (some: readonly Task[]) => void tasks.push(...some) };
  const signal = new AbortController().signal;
  const terms = { ...standard, most: Math.ceil(most / 4), signal };
  await atOnce(4, orders, (it) =>
    workOffLooks(it, terms, { ...ports, queue, looks, setGoing }).then(() => {}),
  );
  const own: Ports = {
    ...ports,
    // The baseline only alerts: nothing is written.
    writer: createWriter({ clients, clock, random: Math.random }),
    history: createHistory(clients),
    accessLogs: createAccessLogs(clients),
    channel: { publish: async () => {} },
    stopSwitch: noStopSwitch,
  };
  const delivery = { ...standard, attempt: 5, retrySeconds: 1 };
  await atOnce(most / 4, tasks, (it) => reconcile(it, delivery, own).then(() => {}));
}

async function atOnce<T>(lanes: number, list: T[], work: (it: T) => Promise<void>): Promise<void> {
  const lane = async (): Promise<void> => {
    for (let it = list.shift(); it !== undefined; it = list.shift()) await work(it);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

await tellParent(async () => {
  const sweeps: SweepTook[] = [];
  await sweepOnce("first");
  for (const [day, share] of given.changed.entries()) {
    now += dayMilliseconds / 2;
    const at = new Date(now).toISOString();
    const every = Math.round(1 / share);
    for (let place = 0; share > 0 && place < buckets; place += every) {
      const name = parseBucketName(bucketName(place), "bench");
      await ledger.looks.changed({ kind: "bucket", name, account, region }, at);
    }
    now += dayMilliseconds / 2;
    sweeps.push(await sweepOnce(`day ${day}`));
  }
  return sweeps;
});
