import type { AccountId } from "../model/ref.ts";
import { accountKey } from "./keys.ts";
import type { Table } from "./ledger.ts";
import type { SweepRun, Sweeps } from "./sweeps.ts";

/**
 * Sweeps in any table:
 *
 *     account#<account>   run#<number>   how far a sweep has come; the highest number is the last
 *
 * Whoever puts the next number first has the account. It never counts on a record being deleted.
 */
export function sweepsIn(table: Table): Sweeps {
  return {
    take: async (sweep, { at, until }) => {
      const last = await lastOf(table, sweep.account);
      if (last !== undefined && last.run.sweepId === sweep.sweepId) {
        return { kind: "taken", run: last.run };
      }
      if (last !== undefined && isUnderWay(last.run, at)) return { kind: "held", by: last.run };
      const { sweepId } = sweep;
      const run = {
        sweepId,
        startedAt: at,
        ...timesBefore(last?.run),
        at,
        until,
        queued: 0,
        skipped: 0,
      };
      const number = (last?.number ?? 0) + 1;
      const isFirst = await table.putNew(recordOf(sweep.account, number, run));
      if (isFirst) return { kind: "taken", run };
      const first = await lastOf(table, sweep.account);
      return { kind: "held", by: first?.run ?? run };
    },
    note: async (account, run) => {
      const last = await lastOf(table, account);
      // Whoever was away for so long that another began has nothing to say any more.
      if (last?.run.sweepId === run.sweepId) await table.put(recordOf(account, last.number, run));
    },
    last: async (account) => (await lastOf(table, account))?.run,
  };
}

function timesBefore(last: SweepRun | undefined): Pick<SweepRun, "before" | "since"> {
  if (last === undefined) return {};
  const { startedAt: before, since } = last;
  return since === undefined ? { before } : { before, since };
}

function isUnderWay({ endedAt, until }: SweepRun, now: string): boolean {
  return endedAt === undefined && until > now;
}

async function lastOf(table: Table, account: AccountId) {
  const range = { prefix, order: "descending" } as const;
  for await (const { sort, value } of table.list(accountKey(account), range)) {
    // What stands there was written by this file.
    return { number: Number(sort.slice(prefix.length)), run: value as SweepRun };
  }
  return undefined;
}

function recordOf(account: AccountId, number: number, run: SweepRun) {
  const sort = `${prefix}${String(number).padStart(digits, "0")}`;
  return { partition: accountKey(account), sort, value: run, at: run.at, days };
}

/** So that they sort as numbers; the table forgets old ones, and their numbers are not used again. */
const digits = 12;
const prefix = "run#";
const days = 30;
