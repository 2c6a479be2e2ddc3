/** Stands in for `vitest` while mutants are tried: tests are kept, to be run as often as there are mutants. */
export { expect } from "vitest";

export interface RecordedTest {
  readonly name: string;
  readonly run: () => unknown;
}

let recorded: RecordedTest[] = [];

/** The tests that were declared since the last call. */
export function takeRecorded(): readonly RecordedTest[] {
  const taken = recorded;
  recorded = [];
  return taken;
}

function record(name: string, run: () => unknown): void {
  recorded.push({ name, run });
}

/** One test for each row; a row that is a list is spread, as vitest does. */
function each(rows: readonly unknown[]) {
  return (name: string, run: (...row: readonly unknown[]) => unknown): void => {
    for (const [place, row] of rows.entries()) {
      const cells: readonly unknown[] = Array.isArray(row) ? row : [row];
      record(`${name} [row ${place + 1}]`, () => run(...cells));
    }
  };
}

export const test = Object.assign(record, { each });
