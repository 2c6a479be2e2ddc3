import type { FakeS3 } from "../fake-s3/start.ts";
import { startWorker } from "../start-worker.ts";
import { figure, type Table } from "../table.ts";
import type { SweepTook } from "../workers/skip.ts";
import type { ScanTerms } from "./scan.ts";

interface Row {
  readonly name: string;
  readonly baseline: object;
  readonly changed: readonly number[];
}

/** The fake has no trail, and a Region of which events may be missing is looked at whole. */
const usual = { "trail-health": { mode: "off" } };
const limits = { fullLookHours: 720 };
/** A name that may mean another key tomorrow. */
const key = "arn:aws:kms:us-east-1:111122223333:alias/bench";

const rows: readonly Row[] = [
  { name: "whole", baseline: usual, changed: [0] },
  { name: "left out", baseline: { ...usual, limits }, changed: [0, 0.01, 0.05] },
  {
    name: "key read again",
    baseline: { ...usual, "default-encryption": { key }, limits },
    changed: [0.01],
  },
];

/** Sweeps the fake in every size, whole and with what did not change left out. */
export async function benchSkip(fake: FakeS3, terms: ScanTerms): Promise<Table> {
  const { concurrency, latencyMilliseconds } = terms;
  const cells: (readonly string[])[] = [];
  for (const buckets of terms.sizes) {
    for (const { name, baseline, changed } of rows) {
      await fake.set({ buckets, latencyMilliseconds });
      const { endpoint } = fake;
      const given = { endpoint, buckets, concurrency, baseline, changed };
      const { result } = await startWorker<readonly SweepTook[]>("skip", given);
      for (const [place, took] of result.entries()) {
        const share = `${figure(100 * (changed[place] ?? 0))} % changed`;
        cells.push([`${figure(buckets)}, ${name}, ${share}`, ...row(took)]);
      }
    }
  }
  const head = ["buckets", "looks", "left out", "calls", "table calls", "CPU ms", "wall s"];
  return { title: `Sweeps, ${latencyMilliseconds} ms`, head, rows: cells };
}

function row(took: SweepTook): readonly string[] {
  return [
    figure(took.queued),
    figure(took.skipped),
    figure(took.calls),
    figure(took.tableCalls),
    figure(took.cpuMilliseconds),
    figure(took.wallMilliseconds / 1_000, 1),
  ];
}
