import type { Table, TableRecord } from "@bucket-warden/core/record";

/** A ledger that is gone when the test is over. What is put goes through JSON, as everywhere. */
export function memoryTable(): Table & { readonly records: () => readonly TableRecord[] } {
  const records = new Map<string, TableRecord>();
  const keyOf = (partition: string, sort: string) => JSON.stringify([partition, sort]);
  const put = async (record: TableRecord) => {
    records.set(keyOf(record.partition, record.sort), JSON.parse(JSON.stringify(record)));
  };
  const get = async (partition: string, sort: string) => records.get(keyOf(partition, sort))?.value;
  const sorted = (partition: string, isMeant: (sort: string) => boolean) =>
    [...records.values()]
      .filter((it) => it.partition === partition && isMeant(it.sort))
      .sort((one, other) => (one.sort < other.sort ? -1 : 1));
  return {
    put,
    get,
    putNew: async (record) => {
      if (records.has(keyOf(record.partition, record.sort))) return false;
      await put(record);
      return true;
    },
    add: async ({ partition, sort, amount, most = Number.POSITIVE_INFINITY }) => {
      // At once: of many that add at the same time none gets lost.
      const key = keyOf(partition, sort);
      const sum = Number(records.get(key)?.value ?? 0) + amount;
      if (sum > most) return undefined;
      records.set(key, { partition, sort, value: sum });
      return sum;
    },
    async *list(partition, { prefix, order }) {
      const found = sorted(partition, (sort) => sort.startsWith(prefix));
      yield* order === "ascending" ? found : found.reverse();
    },
    async *between(partition, { first, last }) {
      yield* sorted(partition, (sort) => first <= sort && sort <= last);
    },
    async *everywhere(sort) {
      yield* [...records.values()].filter((it) => it.sort === sort);
    },
    records: () => [...records.values()],
  };
}
