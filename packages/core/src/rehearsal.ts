import type { Baseline } from "./baseline/index.ts";
import type { Clock } from "./kernel/index.ts";
import {
  absent,
  type ConfigChange,
  type LedgerEntry,
  type ResourceRef,
  resourceId,
  type Task,
} from "./model/index.ts";
import { raiseAlarm } from "./raise-alarm.ts";
import { type Ports, reconcile } from "./reconcile.ts";
import {
  createWorld,
  digestsBetween,
  directoryOf,
  ledgerOfRehearsal,
  type Mailed,
  newTally,
  openPostOffice,
  type Recorded,
  readerOf,
  type Supposed,
  type Totals,
  type Verdict,
  type World,
} from "./rehearse/index.ts";
import { type Directory, type Field, followUp, resolve } from "./resolve/index.ts";

export interface RehearsalTerms {
  readonly baseline: Baseline;
  /** Where triggers are resolved, with the buckets of the log. */
  readonly fieldOf: (directory: Directory) => Field;
  /** How long after a call the Warden gets to look, as CloudTrail and EventBridge take their time. */
  readonly delaySeconds: number;
  readonly supposed?: Supposed;
  /** Hears everything as it happens. */
  readonly hear?: Hear;
}

export interface Hear {
  readonly call?: (recorded: Recorded, world: World) => void;
  readonly entry?: (entry: LedgerEntry, verdicts: readonly Verdict[], world: World) => void;
}

/** What would have come of a log. */
export interface Rehearsed extends Totals {
  readonly mail: Mailed;
  /** Calls of the log by the Warden itself, which were followed and not answered. */
  readonly own: number;
  readonly alarms: number;
  /** One a day, beside the messages. */
  readonly digests: number;
  /** What was supposed, because a log does not tell it. */
  readonly given: readonly string[];
}

/** A baseline that is tried on recorded calls, which have to come in the order of their time. */
export interface Rehearsal {
  readonly take: (recorded: Recorded) => Promise<void>;
  /** To be called once, after the last call. */
  readonly end: () => Promise<Rehearsed>;
}

/**
 * Follows recorded calls through the real path, with a world, a ledger and a clock of its own: what a
 * call changed is changed here, the Warden looks a little later, and what it would have written stays
 * written until somebody changes it again. What the log does not tell is unknown.
 */
export function rehearse(terms: RehearsalTerms): Rehearsal {
  const stage = setStage(terms);
  const { world, clock, due, tally } = stage;
  const span = { first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  const counts = { own: 0, alarms: 0 };
  const delay = terms.delaySeconds * 1_000;
  const workUntil = async (time: number) => {
    for (let next = due.first(time); next !== undefined; next = due.first(time)) {
      clock.time = next.at;
      await answer(next.change, stage);
    }
  };
  return {
    async take(recorded) {
      const { at, change, alarm, isOwn } = recorded;
      await workUntil(at);
      span.first = Math.min(span.first, at);
      span.last = Math.max(span.last, at);
      world.take(recorded);
      terms.hear?.call?.(recorded, world);
      clock.time = at + delay;
      if (alarm !== undefined) {
        counts.alarms += 1;
        await raiseAlarm(alarm, { attempt: 1 }, stage.ports);
      }
      if (isOwn) counts.own += 1;
      else if (change !== undefined) due.add({ at: at + delay, change });
    },
    async end() {
      await workUntil(Number.POSITIVE_INFINITY);
      const digests = digestsBetween(span.first, span.last);
      const given = [...stage.given].sort();
      return { ...tally.totals(), mail: stage.mailed(), ...counts, digests, given };
    },
  };
}

interface Stage {
  readonly terms: RehearsalTerms;
  readonly world: World;
  readonly field: Field;
  readonly ports: Ports;
  readonly clock: { time: number };
  readonly due: Agenda;
  readonly tally: ReturnType<typeof newTally>;
  readonly mailed: () => Mailed;
  readonly given: ReadonlySet<string>;
}

function setStage(terms: RehearsalTerms): Stage {
  const { supposed = {} } = terms;
  const world = createWorld(supposed);
  const given = new Set<string>();
  if (supposed.stateOf !== undefined) {
    given.add("what no record changes was, when the log began, what it is now");
  }
  if (supposed.accountBlock !== undefined) {
    given.add(
      `the public access block of accounts is ${supposed.accountBlock} where no record tells otherwise`,
    );
  }
  const virtual = { time: 0 };
  // Nothing in a rehearsal takes time.
  const clock: Clock = { now: () => virtual.time, sleep: async () => {} };
  const post = openPostOffice(terms.baseline.notifications, clock);
  const ports: Ports = {
    reader: readerOf(world, (what) => given.add(what)),
    writer: {
      write: async (step) => {
        world.write(step);
        return { kind: "ok" };
      },
    },
    ledger: ledgerOfRehearsal(),
    history: { changesOf: noHistory },
    accessLogs: {
      recent: async () => ({ kind: "unread", why: "a rehearsal reads no access log" }),
    },
    channel: post,
    stopSwitch: { read: async () => absent },
    clock,
  };
  const field = terms.fieldOf(directoryOf(world));
  const { mailed } = post;
  return {
    terms,
    world,
    field,
    ports,
    clock: virtual,
    due: newAgenda(),
    tally: newTally(),
    mailed,
    given,
  };
}

/** Every task of a rehearsal comes from an event, which brings its caller along. */
async function* noHistory() {
  yield { kind: "end", why: "a rehearsal asks no event history" } as const;
}

async function answer(change: ConfigChange, stage: Stage): Promise<void> {
  for await (const task of resolve(change, stage.field)) await workOff(task, stage, new Set());
}

/** After so many deliveries the real queue would still go on, but nothing here changes by waiting. */
const mostAttempts = 5;

/** What the queue does for the deployed Warden: what is in the way comes first, then the next delivery. */
async function workOff(task: Task, stage: Stage, cleared: ReadonlySet<string>): Promise<void> {
  const { baseline } = stage.terms;
  const known = new Set([...cleared, resourceId(task.ref)]);
  for (let attempt = 1; ; attempt += 1) {
    const delivery = { baseline, attempt, retrySeconds: 0 };
    const { entry, behind } = await reconcile(task, delivery, stage.ports);
    if (entry.outcome.kind !== "retry" || attempt === mostAttempts) {
      const verdicts = stage.tally.add(entry);
      stage.terms.hear?.entry?.(entry, verdicts, stage.world);
      return;
    }
    for (const ref of behind.filter((it: ResourceRef) => !known.has(resourceId(it)))) {
      known.add(resourceId(ref));
      await workOff(followUp(task, ref), stage, known);
    }
  }
}

interface Answerable {
  readonly at: number;
  readonly change: ConfigChange;
}

/** What is still to be answered, first come first. */
interface Agenda {
  readonly add: (item: Answerable) => void;
  /** The first that is due by then. */
  readonly first: (time: number) => Answerable | undefined;
}

function newAgenda(): Agenda {
  let items: Answerable[] = [];
  let next = 0;
  return {
    add: (item) => void items.push(item),
    first(time) {
      const item = items[next];
      if (item === undefined || item.at > time) return undefined;
      next += 1;
      if (next > 1_000 && next * 2 > items.length) [items, next] = [items.slice(next), 0];
      return item;
    },
  };
}
