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
  readonly overInS3: PromiseWithResolvers<void>;
}

/** So many turns of the event loop without a new call mean that none comes before these are answered. */
const quietTurns = 300;

/**
 * Holds each call of the product until no other one comes, and only then lets all of them through, those of
 * S3 last, as in AWS the table is much faster: the longest chain of calls, however fast or slow the machine is.
 */
export function roundsIn(sandbox: Sandbox): Rounds {
  const rounds: string[][] = [];
  let open: Open | undefined;
  const close = async (round: Open): Promise<void> => {
    await quiet(round);
    open = undefined;
    rounds.push(round.names.sort());
    round.over.resolve();
    if (new Set(round.names.map(serviceOf)).size > 1) await quiet(round);
    round.overInS3.resolve();
  };
  const stop = sandbox.faults.beforeCall(async (call) => {
    if (!isOurs(call)) return;
    if (open === undefined) {
      open = { names: [], over: Promise.withResolvers(), overInS3: Promise.withResolvers() };
      void close(open);
    }
    open.names.push(`${call.service} ${call.operation}`);
    const { over, overInS3 } = open;
    await (call.service === "s3" ? overInS3 : over).promise;
  });
  return { list: () => rounds, [Symbol.dispose]: stop };
}

function serviceOf(name: string): string | undefined {
  return name.split(" ")[0];
}

async function quiet({ names }: Open): Promise<void> {
  let turns = 0;
  for (let seen = 0; turns < quietTurns; turns = seen === names.length ? turns + 1 : 0) {
    seen = names.length;
    await setImmediate();
  }
}

function isOurs({ principal }: Call): boolean {
  return /bucket-warden/.test(principal.arn);
}
