/** Runs requests as soon as there is room for them. */
export interface Gate {
  /** The answer of the request, or what it throws. Lanes that wait take turns. */
  readonly pass: <T>(lane: string, request: () => Promise<T>) => Promise<T>;
  /** How many requests of a lane may be in flight now, at least 1. */
  readonly limitOf: (lane: string) => number;
}

export interface GateOptions {
  /** How many requests may be in flight, those of all lanes together. */
  readonly most: number;
  /** Whether what a request threw says that there were too many of them. */
  readonly isThrottled: (error: unknown) => boolean;
}

interface Lane {
  limit: number;
  /** The limit that was too much the last time. */
  tooMuch: number;
  inFlight: number;
  /** Counts the halvings: what was sent before the last one says nothing about the limit of now. */
  halvings: number;
  readonly waiting: (() => void)[];
}

/**
 * A limit for all lanes, and for each lane one that finds by itself what the other side takes. It halves
 * when a round of requests was too much, and grows by 1 with each round of answers, slower near what was
 * too much before, as TCP does it. It needs no clock: answers are its time.
 */
export function createGate({ most, isThrottled }: GateOptions): Gate {
  const lanes = new Map<string, Lane>();
  // Those in which somebody waits, the next one first.
  const turns = new Set<string>();
  let inFlight = 0;

  const laneOf = (name: string): Lane => {
    const lane = lanes.get(name) ?? newLane(most);
    lanes.set(name, lane);
    return lane;
  };
  const next = (): (() => void) | undefined => {
    for (const name of turns) {
      const lane = laneOf(name);
      if (lane.inFlight >= Math.floor(lane.limit)) continue;
      turns.delete(name);
      const start = lane.waiting.shift();
      if (lane.waiting.length > 0) turns.add(name);
      lane.inFlight += 1;
      return start;
    }
    return undefined;
  };
  const letIn = (): void => {
    while (inFlight < most) {
      const start = next();
      if (start === undefined) return;
      inFlight += 1;
      start();
    }
  };
  const leave = (name: string, lane: Lane): void => {
    lane.inFlight -= 1;
    inFlight -= 1;
    if (lane.limit >= most && lane.inFlight === 0 && lane.waiting.length === 0) lanes.delete(name);
    letIn();
  };

  return {
    limitOf: (name) => Math.floor(lanes.get(name)?.limit ?? most),
    pass: async (name, request) => {
      const lane = laneOf(name);
      const entered = new Promise<void>((start) => lane.waiting.push(start));
      turns.add(name);
      letIn();
      await entered;
      const { halvings } = lane;
      try {
        const answer = await request();
        lane.limit = Math.min(most, lane.limit + growthOf(lane));
        return answer;
      } catch (error) {
        if (isThrottled(error) && halvings === lane.halvings) halve(lane);
        throw error;
      } finally {
        leave(name, lane);
      }
    },
  };
}

function newLane(most: number): Lane {
  return { limit: most, tooMuch: Number.POSITIVE_INFINITY, inFlight: 0, halvings: 0, waiting: [] };
}

function halve(lane: Lane): void {
  lane.tooMuch = lane.limit;
  lane.limit = Math.max(1, lane.limit / 2);
  lane.halvings += 1;
}

/** What one answer adds, so that a round of them adds 1, or an eighth where the limit was too much. */
function growthOf({ limit, tooMuch }: Lane): number {
  const isNear = limit > 0.8 * tooMuch && limit < tooMuch + 1;
  return (isNear ? 1 / 8 : 1) / limit;
}
