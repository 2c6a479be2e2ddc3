import type { BucketRef } from "../model/ref.ts";
import { accountKey } from "./keys.ts";
import type { Table } from "./ledger.ts";
import type { Look, Survey, Surveys, SweepKey } from "./survey.ts";

/**
 * Surveys in any table:
 *
 *     sweep#<account>#<id>   looked#<bucket>   the bucket, where it would be written
 *     sweep#<account>#<id>   total             how many were looked at
 *     sweep#<account>#<id>   skipped           how many are left out, once that is known
 *     sweep#<account>#<id>   expected          how many there are to look at, once that is known
 *     sweep#<account>#<id>   closed            how many would be written, once that is set going
 *     account#<account>      sweep             which sweep was the last
 */
export function surveysIn(table: Table): Surveys {
  return {
    note: (look) => note(table, look),
    expect: async (sweep, { looks, skipped }, at) => {
      const record = { partition: keyOf(sweep), at, days };
      // The number that the last look waits for comes last.
      await table.put({ ...record, sort: "skipped", value: skipped });
      await table.put({ ...record, sort: "expected", value: looks });
      const looked = await count(table, sweep, { amount: 0, at });
      if (looked < looks || (await closedWith(table, sweep)) !== undefined) return undefined;
      return surveyed(table, sweep, looked);
    },
    close: ({ sweep, writes }, at) =>
      table.put({ partition: keyOf(sweep), sort: "closed", value: writes, at, days }),
    begin: async (sweep, at) => {
      const partition = accountKey(sweep.account);
      const last = (await table.get(partition, "sweep")) as SweepKey | undefined;
      await table.put({ partition, sort: "sweep", value: sweep });
      // The same sweep delivered again is no new one.
      if (last === undefined || last.sweepId === sweep.sweepId) return undefined;
      if ((await closedWith(table, last)) !== undefined) return undefined;
      return surveyed(table, last, await count(table, last, { amount: 0, at }));
    },
  };
}

async function note(table: Table, look: Look): Promise<Survey | undefined> {
  const { sweep, on, writes, at } = look;
  const record = { partition: keyOf(sweep), sort: `${prefix}${on.name}`, at, days };
  const value = writes ? on : null;
  const isNew = await table.putNew({ ...record, value });
  // What is delivered again may see another bucket than the first time.
  if (!isNew && writes) await table.put({ ...record, value });
  const looked = await count(table, sweep, { amount: isNew ? 1 : 0, at });
  const expected = (await table.get(keyOf(sweep), "expected")) as number | undefined;
  if (expected === undefined || looked < expected) return undefined;
  const closed = await closedWith(table, sweep);
  if (closed === undefined) return surveyed(table, sweep, looked);
  if (!writes) return undefined;
  // It came too late for the others, and is not held to less than they are.
  const of = expected + (await skippedOf(table, sweep));
  return { sweep, writers: [on], writes: Math.max(closed, 1), of };
}

async function surveyed(table: Table, sweep: SweepKey, looked: number): Promise<Survey> {
  const range = { prefix, order: "ascending" } as const;
  const looks = await Array.fromAsync(table.list(keyOf(sweep), range));
  // What stands there was written by this file.
  const writers = looks.flatMap(({ value }) => (value === null ? [] : [value as BucketRef]));
  const of = looked + (await skippedOf(table, sweep));
  return { sweep, writers, writes: writers.length, of };
}

async function skippedOf(table: Table, sweep: SweepKey): Promise<number> {
  return ((await table.get(keyOf(sweep), "skipped")) as number | undefined) ?? 0;
}

/** How many were looked at, once this many more are. */
async function count(
  table: Table,
  sweep: SweepKey,
  { amount, at }: { readonly amount: number; readonly at: string },
): Promise<number> {
  const counter = { partition: keyOf(sweep), sort: "total", at, days };
  return (await table.add({ ...counter, amount })) ?? 0;
}

/** How many would be written, if the survey is closed. */
async function closedWith(table: Table, sweep: SweepKey): Promise<number | undefined> {
  return (await table.get(keyOf(sweep), "closed")) as number | undefined;
}

/** Longer than any sweep takes, so that the next one finds what this one left. */
const days = 14;
const prefix = "looked#";

function keyOf({ account, sweepId }: SweepKey): string {
  return `sweep#${account}#${sweepId}`;
}
