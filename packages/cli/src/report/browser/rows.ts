/** How rows of a table are chosen and ordered. Nothing here knows the page. */

export type Direction = "ascending" | "descending";

/** The words of a search; all of them must be in a row, in any order. */
export function wordsOf(search: string): readonly string[] {
  return search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

export function holdsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** A new list; rows that are equal keep their order. Numbers before texts, texts as people sort them. */
export function sorted<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | number,
  direction: Direction,
): readonly Row[] {
  const sign = direction === "ascending" ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  keyed.sort((one, other) => sign * compared(one.key, other.key));
  return keyed.map(({ row }) => row);
}

const collator = new Intl.Collator("en", { numeric: true });

function compared(one: string | number, other: string | number): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one === "string" && typeof other === "string") return collator.compare(one, other);
  return typeof one === "number" ? -1 : 1;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** From 1, as people count; 0 where there is none. */
  readonly first: number;
  readonly last: number;
  readonly index: number;
  readonly count: number;
}

/** One page of rows; an index beyond the last page means the last. */
export function pageOf<Row>(rows: readonly Row[], index: number, size: number): Page<Row> {
  const count = Math.max(1, Math.ceil(rows.length / size));
  const own = Math.min(Math.max(0, index), count - 1);
  const shown = rows.slice(own * size, (own + 1) * size);
  const first = shown.length === 0 ? 0 : own * size + 1;
  return { rows: shown, first, last: own * size + shown.length, index: own, count };
}
