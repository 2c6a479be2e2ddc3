import { setImmediate } from "node:timers/promises";
import type { Call, Sandbox } from "@bucket-warden/sandbox";

/** Calls that were made without waiting for each other, e.g. `s3 GetBucketPolicy`, sorted. */
export type Round = readonly string[];

export interface Rounds extends Disposable {
  /** In order; each one waited for the one before. */
  readonly list: () => readonly Round[];
}

interface Open {
  readonly names: string[];
  readonly over: PromiseWithResolvers<void>;
}

/** So many turns of the event loop without a new call mean that none comes before these are answered. */
const quietTurns = 300;

/**
 * Holds each call of the product until no other one comes, and only then lets all of them through:
 * the longest chain of calls, however fast or slow the machine is.
 */
export function roundsIn(sandbox: Sandbox): Rounds {
  const rounds: string[][] = [];
  let open: Open | undefined;
  const close = async (round: Open): Promise<void> => {
    let quiet = 0;
    for (let seen = 0; quiet < quietTurns; quiet = seen === round.names.length ? quiet + 1 : 0) {
      seen = round.names.length;
      await setImmediate();
    }
    open = undefined;
    rounds.push(round.names.sort());
    round.over.resolve();
  };
  const stop = sandbox.faults.beforeCall(async (call) => {
    if (!isOurs(call)) return;
    if (open === undefined) {
      open = { names: [], over: Promise.withResolvers() };
      void close(open);
    }
    open.names.push(`${call.service} ${call.operation}`);
    await open.over.promise;
  });
  return { list: () => rounds, [Symbol.dispose]: stop };
}

function isOurs({ principal }: Call): boolean {
  return /bucket-warden/.test(principal.arn);
}
