import type { BucketRef } from "../model/ref.ts";
import { accountKey } from "./keys.ts";
import type { Table } from "./ledger.ts";
import type { Looks, Memory } from "./looks.ts";

/**
 * Looks in any table:
 *
 *     account#<account>   bucket#<name>#changed   when something may have changed the bucket last
 *     account#<account>   bucket#<name>#settled   its last settled look
 *     account#<account>   missed#<region>         until when changes there came with no event
 *
 * Two records, so that a look and a change at the same time leave both. They lie with the account and
 * not with the bucket, so that one query answers for a page of buckets.
 */
export function looksIn(table: Table): Looks {
  return {
    settled: (on, look) => {
      const value: Memory = { look: { ...look, region: on.region } };
      return table.put({ ...keysOf(on, "settled"), value, at: look.startedAt, days });
    },
    changed: (on, at) => {
      const value: Memory = { changedAt: at };
      return table.put({ ...keysOf(on, "changed"), value, at, days });
    },
    missed: ({ account, region }, value) => {
      const keys = { partition: accountKey(account), sort: `${missedPrefix}${region}` };
      return table.put({ ...keys, value, at: value, days });
    },
    missedIn: async (account) => {
      const range = { prefix: missedPrefix, order: "ascending" } as const;
      const found = await Array.fromAsync(table.list(accountKey(account), range));
      return new Map(
        found.map(({ sort, value }) => [sort.slice(missedPrefix.length), String(value)]),
      );
    },
    of: async (account, names) => {
      const memories = new Map<string, Memory>();
      const [first, ...more] = names.toSorted();
      if (first === undefined) return memories;
      const last = more.at(-1) ?? first;
      const range = { first: sortOf(first, "changed"), last: sortOf(last, "settled") };
      for await (const { sort, value } of table.between(accountKey(account), range)) {
        const [, name = ""] = sort.split("#");
        // What stands there was written by this file.
        memories.set(name, { ...memories.get(name), ...(value as Memory) });
      }
      return memories;
    },
  };
}

const missedPrefix = "missed#";

type Part = "changed" | "settled";

function keysOf({ account, name }: BucketRef, part: Part) {
  return { partition: accountKey(account), sort: sortOf(name, part) };
}

/** No name of a bucket holds the separator, and it sorts before all that a name may hold. */
function sortOf(name: string, part: Part): string {
  return `bucket#${name}#${part}`;
}

/** Longer than any baseline lets a look count. */
const days = 31;
