import { type Agenda, createAgenda } from "./agenda.ts";
import { type Assumed, assumed } from "./assumptions.ts";
import { createDraw, type Draw } from "./draw.ts";
import { createMeter, createQuota, type Meter, type Quota } from "./rates.ts";
import { type Container, createStation, type Load, type Station } from "./station.ts";
import { orderWork, repairWork, secondsOfPages, taskWork, type Work, workOfLook } from "./work.ts";

export interface Size {
  readonly accounts: number;
  /** In each account. */
  readonly buckets: number;
  /** An hour, of all accounts together, our own writes not counted. */
  readonly events: number;
  /** How often `intake`, `remediate` and `look` run at the same time, at most. */
  readonly eventsAtOnce: number;
  readonly repairsAtOnce: number;
  readonly looksAtOnce: number;
}

/** What happened in one day, with all that was begun in it brought to its end. Times are in seconds, ascending. */
export interface Day {
  /** From the call that weakened a bucket to the proof that it is right again. */
  readonly repairs: readonly number[];
  /** The same without the time that AWS takes to tell us of the call. */
  readonly ownShare: readonly number[];
  /** For each account, from its schedule to the end of its last look. */
  readonly sweeps: readonly number[];
  /** From the first schedule to the end of the last look. */
  readonly wholeSweep: number;
  readonly events: number;
  readonly intake: Readonly<Load>;
  readonly remediate: Readonly<Load>;
  readonly sweep: Readonly<Load>;
  readonly look: Readonly<Load>;
  readonly calls: Readonly<Record<Called, { readonly total: number; readonly peak: number }>>;
  /** Calls a second in the busiest minute of the account where it was worst. */
  readonly busiest: { readonly reads: number; readonly writes: number };
}

type Called = keyof World["meters"];

interface Account {
  readonly reads: Meter;
  readonly writes: Meter;
  readonly quota: Quota;
}

interface World {
  readonly size: Size;
  readonly given: Assumed;
  readonly agenda: Agenda;
  readonly draw: Draw;
  readonly accounts: readonly Account[];
  readonly stations: Readonly<Record<"intake" | "remediate" | "sweep" | "look", Station>>;
  readonly meters: ReturnType<typeof createMeters>;
  /** When the role that a container has for an account ends. */
  readonly roles: Map<number, number>;
  readonly told: { events: number; wholeSweep: number } & Record<
    "repairs" | "ownShare" | "sweeps",
    number[]
  >;
}

function createMeters() {
  return {
    queue: createMeter(),
    lookQueue: createMeter(),
    tableReads: createMeter(),
    tableWrites: createMeter(),
    topic: createMeter(),
    role: createMeter(),
    s3Reads: createMeter(),
    s3Writes: createMeter(),
  };
}

/** Plays one day. The same size, assumptions and seed give the same day. */
export function simulate(size: Size, given: Assumed = assumed, seed = 1): Day {
  const world = createWorld(size, given, seed);
  for (let account = 0; account < size.accounts; account += 1) beginSweep(account, world);
  if (size.events > 0) nextBurst(world);
  world.agenda.run();
  return dayOf(world);
}

/** Plays one call that weakens a bucket, with nothing else to do: how long until it is proven right again. */
export function simulateOneRepair(given: Assumed = assumed, seed = 1): Day {
  const atOnce = { eventsAtOnce: 1, repairsAtOnce: 1, looksAtOnce: 1 };
  const world = createWorld({ accounts: 1, buckets: 1, events: 0, ...atOnce }, given, seed);
  world.agenda.at(0, () => happen({ bucket: 0, isDrift: true, isOwn: false }, world));
  world.agenda.run();
  return dayOf(world);
}

function createWorld(size: Size, given: Assumed, seed: number): World {
  const agenda = createAgenda();
  const station = (atOnce: number) => createStation(agenda, { atOnce, keepWarm: given.keepWarm });
  return {
    size,
    given,
    agenda,
    draw: createDraw(seed),
    accounts: Array.from({ length: size.accounts }, () => ({
      reads: createMeter(),
      writes: createMeter(),
      quota: createQuota(given.s3ReadQuota),
    })),
    stations: {
      intake: station(size.eventsAtOnce),
      remediate: station(size.repairsAtOnce),
      sweep: station(given.sweepsAtOnce),
      look: createStation(agenda, {
        atOnce: size.looksAtOnce,
        keepWarm: given.keepWarm,
        takesTurns: true,
      }),
    },
    meters: createMeters(),
    roles: new Map(),
    told: { events: 0, wholeSweep: 0, repairs: [], ownShare: [], sweeps: [] },
  };
}

function nextBurst(world: World): void {
  const { agenda, draw, given, size } = world;
  const mean = (3_600 * given.burstEvents) / size.events;
  const begins = agenda.now() + draw.exponential(mean);
  if (begins >= given.sweepInterval) return;
  agenda.at(begins, () => {
    const bucket = draw.oneOf(size.accounts * size.buckets);
    let time = begins;
    for (let left = draw.geometric(given.burstEvents); left > 0; left -= 1) {
      const isDrift = draw.chance(given.driftShare);
      agenda.at(time, () => happen({ bucket, isDrift, isOwn: false }, world));
      time += draw.exponential(given.burstGap);
    }
    nextBurst(world);
  });
}

interface Happened {
  readonly bucket: number;
  readonly isDrift: boolean;
  /** A write of ours comes back as an event too. */
  readonly isOwn: boolean;
}

function happen(event: Happened, world: World): void {
  const { agenda, draw, given, stations, meters, told } = world;
  const called = agenda.now();
  told.events += event.isOwn ? 0 : 1;
  const delay = draw.lognormal(given.deliveryMedian, given.deliverySpread);
  agenda.at(called + delay, () => {
    const delivered = agenda.now();
    const intake = () => {
      meters.queue.add(agenda.now(), 1);
      agenda.at(agenda.now() + given.handOver, () => repair(event, { called, delivered }, world));
    };
    const begin = ({ isCold }: Container) =>
      (isCold ? given.sandboxStart + given.intakeImport : 0) +
      given.queueCall +
      (given.cpuPerCall * given.fullCore) / given.intakeMemory;
    agenda.at(delivered + given.forwarding, () => stations.intake.add({ begin, end: intake }));
  });
}

interface Known {
  readonly called: number;
  readonly delivered: number;
}

function repair(event: Happened, known: Known, world: World): void {
  const { agenda, given, stations, told } = world;
  const work = event.isDrift ? repairWork(given) : workOfLook(given);
  const begin = (container: Container) => {
    const until = prepare(container, event.bucket, work, world) + work.untilProof;
    if (event.isDrift) {
      const proven = agenda.now() + until;
      told.repairs.push(proven - known.called);
      told.ownShare.push(proven - known.delivered);
      agenda.at(proven, () => happen({ ...event, isDrift: false, isOwn: true }, world));
    }
    return until + work.afterProof;
  };
  stations.remediate.add({ group: event.bucket, begin });
}

/** Seconds before a container gets to work on a bucket; counts what it calls. */
function prepare(container: Container, bucket: number, work: Work, world: World): number {
  const { agenda, size, meters } = world;
  meters.queue.add(agenda.now(), 2); // received and deleted
  const { starts, admitted } = enter(container, Math.floor(bucket / size.buckets), work, world);
  return starts + admitted;
}

/** Seconds before a container is ready for an account, and before S3 took all its calls; counts them. */
function enter(container: Container, place: number, work: Work, world: World) {
  const { agenda, given, size, accounts, meters } = world;
  const now = agenda.now();
  const account = accounts[place];
  if (account === undefined) throw new RangeError(`there is no account ${place}`);
  const cold = container.isCold ? given.sandboxStart + given.remediateImport : 0;
  const role = assumeRole(
    (2 * container.id + (work.isOrder ? 1 : 0)) * size.accounts + place,
    world,
  );
  const admitted = account.quota.take(now, work.reads);
  account.reads.add(admitted, work.reads);
  account.writes.add(admitted, work.writes);
  meters.s3Reads.add(now, work.reads);
  meters.s3Writes.add(now, work.writes);
  meters.tableReads.add(now, work.tableReads);
  meters.tableWrites.add(now, work.tableWrites);
  meters.topic.add(now, work.told);
  return { starts: cold + role, admitted: admitted - now };
}

function assumeRole(key: number, { agenda, given, meters, roles }: World): number {
  const now = agenda.now();
  if ((roles.get(key) ?? 0) > now) return 0;
  roles.set(key, now + given.roleLife);
  meters.role.add(now, 1);
  return given.s3Call;
}

function beginSweep(account: number, world: World): void {
  const { agenda, draw, given, size, stations, meters, told } = world;
  const scheduled = size.accounts === 1 ? 0 : draw.between(0, given.sweepSpread);
  let left = size.buckets;
  const looked = () => {
    left -= 1;
    if (left > 0) return;
    told.sweeps.push(agenda.now() - scheduled);
    told.wholeSweep = Math.max(told.wholeSweep, agenda.now());
  };
  const look = (from: number, until: number) => {
    const work = orderWork(until - from, given);
    const begin = (container: Container) => {
      meters.lookQueue.add(agenda.now(), 2); // received and deleted
      // S3 is asked as fast as it answers, while the function works on what came.
      const { starts, admitted } = enter(container, account, work, world);
      return starts + Math.max(work.untilProof, admitted) + work.afterProof;
    };
    const end = () => {
      const open = bucketsFrom(from, until).filter(() => draw.chance(given.openShare));
      meters.queue.add(agenda.now(), Math.ceil(open.length / given.batch));
      for (let settled = until - from - open.length; settled > 0; settled -= 1) looked();
      for (const bucket of open) forward(bucket, looked, world);
    };
    stations.look.add({ group: account, begin, end });
  };
  const begin = ({ isCold }: Container) => {
    const starts = isCold ? given.sandboxStart + given.intakeImport : 0;
    const first = account * size.buckets;
    for (let from = 0; from < size.buckets; from += given.page) {
      const until = Math.min(from + given.page, size.buckets);
      agenda.at(agenda.now() + starts + secondsOfPages(until, given) + given.handOver, () => {
        meters.lookQueue.add(agenda.now(), Math.ceil((until - from) / given.order / given.batch));
        for (let at = from; at < until; at += given.order) {
          look(first + at, first + Math.min(at + given.order, until));
        }
      });
    }
    return starts + secondsOfPages(size.buckets, given);
  };
  agenda.at(scheduled, () => stations.sweep.add({ begin }));
}

function bucketsFrom(from: number, until: number): readonly number[] {
  return Array.from({ length: until - from }, (_, place) => from + place);
}

/** Has a look become a task. */
function forward(bucket: number, end: () => void, world: World): void {
  const { agenda, given, stations } = world;
  const work = taskWork(given);
  const begin = (container: Container) =>
    prepare(container, bucket, work, world) + work.untilProof + work.afterProof;
  agenda.at(agenda.now() + given.handOver, () =>
    stations.remediate.add({ group: bucket, begin, end }),
  );
}

function dayOf({ told, stations, meters, accounts }: World): Day {
  const sorted = (numbers: readonly number[]) => numbers.toSorted((one, other) => one - other);
  const most = (of: "reads" | "writes") =>
    accounts.reduce((highest, account) => Math.max(highest, account[of].peak()), 0);
  const seen = (meter: Meter) => ({ total: meter.total(), peak: meter.peak() });
  return {
    repairs: sorted(told.repairs),
    ownShare: sorted(told.ownShare),
    sweeps: sorted(told.sweeps),
    wholeSweep: told.wholeSweep,
    events: told.events,
    intake: stations.intake.load,
    remediate: stations.remediate.load,
    sweep: stations.sweep.load,
    look: stations.look.load,
    calls: {
      queue: seen(meters.queue),
      lookQueue: seen(meters.lookQueue),
      tableReads: seen(meters.tableReads),
      tableWrites: seen(meters.tableWrites),
      topic: seen(meters.topic),
      role: seen(meters.role),
      s3Reads: seen(meters.s3Reads),
      s3Writes: seen(meters.s3Writes),
    },
    busiest: { reads: most("reads"), writes: most("writes") },
  };
}
