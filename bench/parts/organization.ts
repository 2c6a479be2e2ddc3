import { type Assumed, assumed, assumptions, leftOut } from "../organization/assumptions.ts";
import { type Costs, costsOf } from "../organization/costs.ts";
import { type Day, type Size, simulate } from "../organization/model.ts";
import { figure, type Table } from "../table.ts";

/** As deployed when nobody sets anything else. */
const asDeployed = { eventsAtOnce: 20, repairsAtOnce: 10, looksAtOnce: 5 };

interface Scenario {
  readonly size: Size;
  readonly given: Assumed;
}

const large = { accounts: 1_000, buckets: 1_000, events: 5_000, ...asDeployed };
const scenarios: readonly Scenario[] = [
  { size: { accounts: 1, buckets: 10_000, events: 50, ...asDeployed }, given: assumed },
  { size: { accounts: 100, buckets: 500, events: 500, ...asDeployed }, given: assumed },
  { size: large, given: assumed },
  { size: { ...large, looksAtOnce: 20 }, given: assumed },
  { size: large, given: { ...assumed, openShare: 1 } },
];

/** Words of the command line; what is missing is as deployed. */
export interface Asked {
  readonly accounts?: string;
  readonly buckets?: string;
  readonly events?: string;
  readonly "repairs-at-once"?: string;
  readonly "looks-at-once"?: string;
  /** What S3 answers an account and Region in a second. */
  readonly "s3-reads"?: string;
  readonly seed: string;
}

interface Played extends Scenario {
  readonly day: Day;
  readonly costs: Costs;
}

/** Plays a day of one organization, or of four where no number of accounts is asked for. */
export async function benchOrganization(asked: Asked): Promise<readonly Table[]> {
  const seed = wholeNumber("seed", asked.seed, 0);
  const played = scenariosFor(asked).map(({ size, given }): Played => {
    const day = simulate(size, given, seed);
    return { size, given, day, costs: costsOf(day, given) };
  });
  return [results(played, seed), taken(), missing()];
}

function scenariosFor(asked: Asked): readonly Scenario[] {
  if (asked.accounts === undefined) return scenarios;
  const atOnce = asked["repairs-at-once"] ?? String(asDeployed.repairsAtOnce);
  const looks = asked["looks-at-once"] ?? String(asDeployed.looksAtOnce);
  const reads = asked["s3-reads"] ?? String(assumed.s3ReadQuota);
  const size = {
    accounts: wholeNumber("accounts", asked.accounts, 1),
    buckets: wholeNumber("buckets", asked.buckets ?? "1000", 1),
    events: wholeNumber("events", asked.events ?? "100", 0),
    eventsAtOnce: asDeployed.eventsAtOnce,
    repairsAtOnce: wholeNumber("repairs-at-once", atOnce, 1),
    looksAtOnce: wholeNumber("looks-at-once", looks, 1),
  };
  return [{ size, given: { ...assumed, s3ReadQuota: wholeNumber("s3-reads", reads, 1) } }];
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new Error(`--${option} ${text}: it must be one whole number, at least ${least}`);
}

type Row = readonly [name: string, cell: (played: Played) => string];

const rows: readonly Row[] = [
  ["events an hour", ({ size }) => figure(size.events)],
  ["`remediate` at once, at most", ({ size }) => figure(size.repairsAtOnce)],
  ["`look` at once, at most", ({ size }) => figure(size.looksAtOnce)],
  ["buckets on which a sweep finds something", ({ given }) => percent(given.openShare, 1)],
  ["S3 reads/s that an account may", ({ given }) => figure(given.s3ReadQuota)],
  ...([0.5, 0.95, 0.99, 1] as const).map((share): Row => {
    const name = share === 1 ? "longest" : `p${100 * share}`;
    return [`**time to repair**, ${name}`, ({ day }) => duration(quantile(day.repairs, share))];
  }),
  ["p50 of it after AWS told us", ({ day }) => duration(quantile(day.ownShare, 0.5))],
  ["p99 of it after AWS told us", ({ day }) => duration(quantile(day.ownShare, 0.99))],
  ["sweep of one account, p50", ({ day }) => duration(quantile(day.sweeps, 0.5))],
  ["**sweep of all**", ({ day }) => duration(day.wholeSweep)],
  ["tasks that wait, at most", ({ day }) => figure(day.remediate.mostWaiting)],
  ["orders to look that wait, at most", ({ day }) => figure(day.look.mostWaiting)],
  ["`remediate` busy, mean", ({ day, given }) => meanAtOnce(day.remediate, day, given)],
  ["`look` busy, mean", ({ day, given }) => meanAtOnce(day.look, day, given)],
  ["functions at once, at most", ({ day, given }) => mostAtOnce(day, given.functionQuota)],
  ["cold starts of `remediate`", ({ day }) => percent(day.remediate.cold, day.remediate.runs)],
  ["S3 reads/s, worst account", ({ day, given }) => of(day.busiest.reads, given.s3ReadQuota)],
  ["S3 writes/s, worst account", ({ day, given }) => of(day.busiest.writes, given.s3WriteQuota)],
  ["AssumeRole/s", ({ day, given }) => of(day.calls.role.peak, given.roleQuota)],
  ["calls of the queue of looks/s", ({ day }) => figure(day.calls.lookQueue.peak)],
  ["calls of the queue of tasks/s", ({ day, given }) => of(day.calls.queue.peak, given.queueQuota)],
  ["writes of the table/s", ({ day }) => figure(day.calls.tableWrites.peak)],
  ["$ a month: Lambda", ({ costs }) => figure(costs.lambda, 2)],
  ["$ a month: queues", ({ costs }) => figure(costs.queue, 2)],
  ["$ a month: table", ({ costs }) => figure(costs.table, 2)],
  ["$ a month: S3", ({ costs }) => figure(costs.s3, 2)],
  ["$ a month: the rest", ({ costs }) => figure(costs.other, 2)],
  ["**$ a month**", ({ costs }) => figure(costs.total, 2)],
];

function results(played: readonly Played[], seed: number): Table {
  const names = played.map(({ size }) => `${figure(size.accounts)} × ${figure(size.buckets)}`);
  return {
    title: `An organization for a day (model, seed ${seed}); rates of the busiest minute, and their share of the quota`,
    head: ["accounts × buckets", ...names],
    rows: rows.map(([name, cell]) => [name, ...played.map(cell)]),
  };
}

function taken(): Table {
  return {
    title: "What the model takes as given",
    head: ["what", "value", "unit", "from"],
    rows: assumptions.map(({ what, value, unit, origin }) => [what, String(value), unit, origin]),
  };
}

function missing(): Table {
  return { title: "What it leaves out", head: ["simplification"], rows: leftOut.map((it) => [it]) };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function duration(seconds: number): string {
  if (Number.isNaN(seconds)) return "none";
  if (seconds < 10) return `${figure(seconds, 1)} s`;
  if (seconds < 300) return `${figure(seconds)} s`;
  return seconds < 7_200 ? `${figure(seconds / 60)} min` : `${figure(seconds / 3_600, 1)} h`;
}

/** Over a day, or over as long as a sweep takes that is not over by then. */
function meanAtOnce(
  { busySeconds }: Day["look"],
  { wholeSweep }: Day,
  { sweepInterval }: Assumed,
): string {
  return figure(busySeconds / Math.max(sweepInterval, wholeSweep), 2);
}

function mostAtOnce({ intake, remediate, sweep, look }: Day, quota: number): string {
  const all = [intake, remediate, sweep, look].map((load) => load.mostAtOnce);
  return of(
    all.reduce((sum, it) => sum + it),
    quota,
  );
}

/** The figure, and how much of its quota it is. */
function of(value: number, quota: number): string {
  return `${figure(value, value < 10 ? 1 : 0)} (${percent(value, quota)})`;
}

function percent(part: number, whole: number): string {
  return `${figure(whole === 0 ? 0 : (100 * part) / whole, 1)} %`;
}
