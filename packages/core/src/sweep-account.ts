import { leavesOut, type Standard } from "./baseline/index.ts";
import type { Clock } from "./kernel/index.ts";
import { hourMilliseconds, isoTime } from "./kernel/index.ts";
import { printFor } from "./looked.ts";
import type { AccountId, BucketRef, Due, LookOrder, Task } from "./model/index.ts";
import type { Reader } from "./observe/index.ts";
import { dueOf, type Ledger, type Survey, type SweepRun, type Sweeps } from "./record/index.ts";
import {
  type BucketPage,
  besideBuckets,
  type Directory,
  type Field,
  type LookQueue,
} from "./resolve/index.ts";

/** A sweep of an account, or what one slice of it left to the next. */
export interface Slice {
  readonly account: AccountId;
  readonly sweepId: string;
  readonly from?: Rest;
}

/** Where a slice stopped. Buckets that are so many are all looked at before any of them is written. */
export interface Rest {
  /** With which the next page of buckets is asked for. */
  readonly token: string;
  /** Resources queued so far. */
  readonly queued: number;
  /** How many of them are buckets. */
  readonly buckets: number;
  /** Buckets left out so far. */
  readonly skipped: number;
}

export interface SliceTerms extends Pick<Field, "kinds" | "largeSweep">, Standard {
  readonly remainingMilliseconds: () => number;
}

export interface SlicePorts {
  readonly directory: Pick<Directory, "pageOf" | "regionsOf">;
  readonly looks: LookQueue;
  readonly ledger: Pick<Ledger, "surveys" | "looks">;
  readonly reader: Reader;
  readonly sweeps: Sweeps;
  /** Has a survey that is complete do what it came to. */
  readonly setGoing: (survey: Survey) => Promise<void>;
  readonly clock: Clock;
}

export type SliceEnd =
  /** Another sweep of the account is under way. */
  | { readonly kind: "held"; readonly by: SweepRun }
  | { readonly kind: "ended"; readonly run: SweepRun }
  | { readonly kind: "unfinished"; readonly run: SweepRun; readonly rest: Rest };

/** A page takes seconds; whoever has less time than this left leaves the next one to another slice. */
const spareMilliseconds = 60_000;

/** Longer than the attempts of one slice take together; then nobody works on the sweep any more. */
const leaseMilliseconds = hourMilliseconds;

/**
 * Orders a look at everything in an account, page by page, as far as time allows. A slice that died can
 * be done again from its beginning: who looks twice does no harm. Throws where the account cannot be
 * listed, or queue or ledger fail.
 */
export async function sweepAccount(
  slice: Slice,
  terms: SliceTerms,
  ports: SlicePorts,
): Promise<SliceEnd> {
  const { account, sweepId, from } = slice;
  const { sweeps, clock } = ports;
  const at = isoTime(clock);
  const taken = await sweeps.take({ account, sweepId }, { at, until: leaseFrom(clock) });
  if (taken.kind === "held") return taken;
  const { queued, skipped } = from ?? { queued: 0, skipped: 0 };
  const { since = taken.run.startedAt, ...begun } = taken.run;
  const run = { ...begun, queued, skipped, ...(leavesOut(terms) ? { since } : {}) };
  const print = await printFor(account, terms, ports);
  const work: Work = { slice, terms, ports, run, ...(print === undefined ? {} : { print }) };
  if (from === undefined) await begin(work, at);
  return finished(work, terms.kinds.has("bucket") ? await queuePages(work, from) : undefined);
}

async function begin(work: Work, at: string): Promise<void> {
  const { slice, terms, ports } = work;
  const { account, sweepId } = slice;
  // One bucket that always fails must not keep the others of its sweep waiting for ever.
  const left = await ports.ledger.surveys.begin({ account, sweepId }, at);
  if (left !== undefined) await ports.setGoing(left);
  const beside = besideBuckets(account, { ...terms, ...ports });
  await queueAll(beside.map(wholly), false, work);
}

function wholly(ref: Task["ref"]): Due {
  return { ref, touches: "all" };
}

interface Work {
  readonly slice: Slice;
  readonly terms: SliceTerms;
  readonly ports: SlicePorts;
  /** By what the account is judged; without it nothing is left out. */
  readonly print?: string;
  run: SweepRun;
}

/** What came of listing the buckets: `token` where there are more of them. */
interface Listed extends Pick<Rest, "buckets"> {
  readonly isSurveyed: boolean;
  readonly token?: string;
}

/**
 * Whether a sweep may turn out large is known when that many buckets are to be looked at: until then
 * they are kept, and after that none is. Where time runs out before that is known, it may.
 */
async function queuePages(work: Work, from?: Rest): Promise<Listed> {
  const { terms } = work;
  let { buckets } = from ?? { buckets: 0 };
  let isSurveyed = from !== undefined;
  const kept: Due[] = [];
  for await (const { buckets: some, next } of pagesFrom(from?.token, work)) {
    kept.push(...(await dueAmong(some, work)));
    const hasTime = terms.remainingMilliseconds() > spareMilliseconds;
    const isLeft = next !== undefined && !hasTime;
    isSurveyed ||= isLeft || kept.length > terms.largeSweep.buckets;
    if (!isSurveyed && next !== undefined) continue;
    buckets += kept.length;
    await queueAll(kept.splice(0), isSurveyed, work);
    if (isLeft) return { buckets, isSurveyed, token: next };
  }
  return { buckets, isSurveyed };
}

/** Leaves out the buckets on which nothing can have changed, and counts them. */
async function dueAmong(buckets: readonly BucketRef[], work: Work): Promise<readonly Due[]> {
  const { slice, terms, ports, print, run } = work;
  if (print === undefined) return buckets.map(wholly);
  const names = buckets.map(({ name }) => name);
  const { looks } = ports.ledger;
  const [memories, missed] = await Promise.all([
    looks.of(slice.account, names),
    looks.missedIn(slice.account),
  ]);
  const { fullLookHours } = terms.baseline.limits;
  const regions = ports.directory.regionsOf(slice.account);
  const trust = { ...run, print, fullLookHours, regions, missed };
  const due = buckets
    .map((ref): Due => ({ ref, touches: dueOf(ref, memories.get(ref.name) ?? {}, trust) }))
    .filter(({ touches }) => touches === "all" || touches.length > 0);
  work.run = { ...run, skipped: run.skipped + buckets.length - due.length };
  return due;
}

async function* pagesFrom(
  from: string | undefined,
  { slice, ports }: Work,
): AsyncGenerator<BucketPage, void> {
  let token = from;
  do {
    const page = await ports.directory.pageOf(slice.account, token);
    yield page;
    token = page.next;
  } while (token !== undefined);
}

/** Queues the looks at a page, and notes how far the sweep is. */
async function queueAll(dues: readonly Due[], isSurveyed: boolean, work: Work): Promise<void> {
  const { slice, ports, run } = work;
  await ports.looks.send(ordersFor(dues, slice, isSurveyed));
  const at = isoTime(ports.clock);
  work.run = { ...run, at, until: leaseFrom(ports.clock), queued: run.queued + dues.length };
  await ports.sweeps.note(slice.account, work.run);
}

/**
 * So many share what is asked once for all of them, and one run of a function for what is a second of work
 * when S3 answers as usual; where it does not, what is left over goes back to the queue.
 */
const mostInAnOrder = 25;

function ordersFor(
  dues: readonly Due[],
  { account, sweepId }: Slice,
  isSurveyed: boolean,
): readonly LookOrder[] {
  const survey = isSurveyed ? ({ survey: true } as const) : {};
  return Array.from({ length: Math.ceil(dues.length / mostInAnOrder) }, (_, place) => {
    const from = place * mostInAnOrder;
    return { account, sweepId, looks: dues.slice(from, from + mostInAnOrder), ...survey };
  });
}

async function finished(work: Work, listed: Listed | undefined): Promise<SliceEnd> {
  const { slice, ports } = work;
  const { account, sweepId } = slice;
  const { token, buckets = 0, isSurveyed = false } = listed ?? {};
  if (token !== undefined) {
    const { queued, skipped } = work.run;
    return { kind: "unfinished", run: work.run, rest: { token, queued, buckets, skipped } };
  }
  const at = isoTime(ports.clock);
  const { skipped } = work.run;
  const survey = isSurveyed
    ? await ports.ledger.surveys.expect({ account, sweepId }, { looks: buckets, skipped }, at)
    : undefined;
  if (survey !== undefined) await ports.setGoing(survey);
  const run = { ...work.run, at, endedAt: at };
  await ports.sweeps.note(account, run);
  return { kind: "ended", run };
}

function leaseFrom(clock: Clock): string {
  return new Date(clock.now() + leaseMilliseconds).toISOString();
}
