import type { NotedCall } from "../fake-s3/start.ts";

/** Calls that waited for each other. */
export interface Chain {
  readonly rounds: number;
  /** What AWS alone takes for them. */
  readonly milliseconds: number;
}

/** The longest chain that ends with a call; each one began when the one before was over. */
export function chainTo(last: NotedCall, calls: readonly NotedCall[]): Chain {
  const chains = new Map<NotedCall, Chain>();
  for (const call of calls.toSorted((one, other) => one.from - other.from)) {
    const before = calls.filter((it) => it.to <= call.from).map((it) => chains.get(it) ?? none);
    const longest = before.reduce(
      (one, other) => (other.milliseconds > one.milliseconds ? other : one),
      none,
    );
    chains.set(call, {
      rounds: longest.rounds + 1,
      milliseconds: longest.milliseconds + call.latencyMilliseconds,
    });
  }
  return chains.get(last) ?? none;
}

const none: Chain = { rounds: 0, milliseconds: 0 };
