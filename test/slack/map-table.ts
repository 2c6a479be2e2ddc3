import type { Table, TableRecord } from "@bucket-warden/core/record";

/** A table that lives as long as the test. */
export function mapTable(): Table {
  const records = new Map<string, TableRecord>();
  const keyOf = (partition: string, sort: string) => `${partition}\n${sort}`;
  const put = (record: TableRecord) => {
    const copy: TableRecord = structuredClone(record);
    records.set(keyOf(record.partition, record.sort), copy);
  };
  return {
    put: async (record) => put(record),
    putNew: async (record) => {
      if (records.has(keyOf(record.partition, record.sort))) return false;
      put(record);
      return true;
    },
    add: () => Promise.reject(new Error("nothing counts here")),
    get: async (partition, sort) => records.get(keyOf(partition, sort))?.value,
    async *list(partition, { prefix, order }) {
      const own = [...records.values()].filter((it) => it.partition === partition);
      const found = own.filter(({ sort }) => sort.startsWith(prefix));
      const sorted = found.sort((one, other) => (one.sort < other.sort ? -1 : 1));
      yield* order === "ascending" ? sorted : sorted.reverse();
    },
    between: () => {
      throw new Error("no range is asked for here");
    },
    async *everywhere(sort) {
      yield* [...records.values()].filter((it) => it.sort === sort);
    },
  };
}
