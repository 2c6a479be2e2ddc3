import type { Agenda } from "./agenda.ts";

/** Where a job runs. */
export interface Container {
  readonly id: number;
  readonly isCold: boolean;
}

export interface Job {
  /** Jobs of one group run one after the other, unless groups take turns; jobs of none as they come. */
  readonly group?: number;
  /** Called when it starts; answers how many seconds it takes. */
  readonly begin: (on: Container) => number;
  readonly end?: () => void;
}

export interface StationTerms {
  readonly atOnce: number;
  /** Seconds after which an idle container is gone. */
  readonly keepWarm: number;
  /** Groups take turns, and their jobs run at the same time. */
  readonly takesTurns?: true;
}

/** What a station has seen so far. */
export interface Load {
  runs: number;
  cold: number;
  busySeconds: number;
  mostAtOnce: number;
  /** The longest that the queue has been, jobs behind others of their group included. */
  mostWaiting: number;
  waitedSeconds: number;
}

/** A Lambda function and the queue before it. */
export interface Station {
  readonly add: (job: Job) => void;
  readonly load: Readonly<Load>;
}

interface Waiting {
  readonly job: Job;
  readonly since: number;
}

/** A function that runs at most `atOnce` times, oldest job first, in warm containers where there are any. */
export function createStation(agenda: Agenda, terms: StationTerms): Station {
  const load: Load = {
    runs: 0,
    cold: 0,
    busySeconds: 0,
    mostAtOnce: 0,
    mostWaiting: 0,
    waitedSeconds: 0,
  };
  const take = containersOf(agenda, terms.keepWarm);
  const lines = terms.takesTurns === true ? createTurns() : createLines();
  let running = 0;

  const start = ({ job, since }: Waiting) => {
    const container = take();
    const seconds = job.begin(container);
    running += 1;
    load.runs += 1;
    load.cold += container.isCold ? 1 : 0;
    load.busySeconds += seconds;
    load.waitedSeconds += agenda.now() - since;
    load.mostAtOnce = Math.max(load.mostAtOnce, running);
    agenda.at(agenda.now() + seconds, () => {
      running -= 1;
      container.free();
      lines.finish(job);
      job.end?.();
      goOn();
    });
  };
  const goOn = () => {
    while (running < terms.atOnce) {
      const next = lines.next();
      if (next === undefined) return;
      start(next);
    }
  };
  const add = (job: Job) => {
    lines.add({ job, since: agenda.now() });
    goOn();
    load.mostWaiting = Math.max(load.mostWaiting, lines.length());
  };
  return { add, load };
}

/** Idle containers, the last used one first: so the others get old enough to go. */
function containersOf(agenda: Agenda, keepWarm: number) {
  const idle: { readonly id: number; readonly since: number }[] = [];
  let made = 0;
  return () => {
    const last = idle.pop();
    const isCold = last === undefined || agenda.now() - last.since > keepWarm;
    if (isCold) idle.length = 0; // the rest is idle for longer still
    const id = isCold ? made++ : last.id;
    return { id, isCold, free: () => void idle.push({ id, since: agenda.now() }) };
  };
}

/** Jobs that wait, a line for each group; the group that had its turn is the last one then. */
function createTurns(): ReturnType<typeof createLines> {
  const lines = new Map<number, Waiting[]>();
  let waiting = 0;
  return {
    length: () => waiting,
    add: (one) => {
      waiting += 1;
      const group = one.job.group ?? -1;
      const line = lines.get(group) ?? [];
      line.push(one);
      lines.set(group, line);
    },
    next: () => {
      for (const [group, line] of lines) {
        lines.delete(group);
        const one = line.shift();
        if (line.length > 0) lines.set(group, line);
        waiting -= 1;
        return one;
      }
      return undefined;
    },
    finish: () => {},
  };
}

/** Jobs that wait: those that may start, and behind each group that is taken those that may not. */
function createLines() {
  const ready: (Waiting | undefined)[] = [];
  const behind = new Map<number, Waiting[]>();
  let first = 0;
  let waiting = 0;
  return {
    length: () => waiting,
    add: (one: Waiting) => {
      waiting += 1;
      const { group } = one.job;
      const line = group === undefined ? undefined : behind.get(group);
      if (line !== undefined) line.push(one);
      else ready.push(one);
      if (line === undefined && group !== undefined) behind.set(group, []);
    },
    next: (): Waiting | undefined => {
      const one = ready[first];
      if (one === undefined) return undefined;
      ready[first] = undefined;
      first += 1;
      waiting -= 1;
      return one;
    },
    finish: ({ group }: Job) => {
      if (group === undefined) return;
      const next = behind.get(group)?.shift();
      if (next === undefined) behind.delete(group);
      else ready.push(next);
    },
  };
}
