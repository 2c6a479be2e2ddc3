import { callsIn, type FakeS3, region, type Seen } from "../fake-s3/start.ts";
import { startWorker, type Told } from "../start-worker.ts";
import { figure, type Table } from "../table.ts";

export interface ScanTerms {
  readonly sizes: readonly number[];
  /** Requests in flight. */
  readonly concurrency: number;
  readonly latencyMilliseconds: number;
}

/** Scans the fake in every size, each time beside a bare client that fetches the same and judges nothing. */
export async function benchScan(fake: FakeS3, terms: ScanTerms): Promise<Table> {
  const { concurrency, latencyMilliseconds } = terms;
  const rows: (readonly string[])[] = [];
  for (const buckets of terms.sizes) {
    await fake.set({ buckets, latencyMilliseconds });
    const bare = await startWorker("bare-client", {
      endpoint: fake.endpoint,
      buckets,
      concurrency: Math.ceil(concurrency / readsOfBare),
    });
    rows.push(
      row(`${figure(buckets)}, bare client`, { buckets, took: bare, terms }, await fake.seen()),
    );
    const bareCpu = bare.cpuMilliseconds;
    await fake.set({ buckets, latencyMilliseconds });
    const surroundings = { env: environmentOf(fake), asCommand: true };
    const scan = await startWorker("scan", { concurrency }, surroundings);
    const cells = row(figure(buckets), { buckets, took: scan, terms }, await fake.seen());
    rows.push([...cells, figure(scan.cpuMilliseconds / bareCpu, 2)]);
  }
  const head = [
    "buckets",
    "wall s",
    "CPU ms/bucket",
    "calls/bucket",
    "% of minimum",
    "peak MB",
    "CPU / bare",
  ];
  return { title: `Scan, ${latencyMilliseconds} ms, ${concurrency} requests at once`, head, rows };
}

const readsOfBare = 11;

/** What makes a process take the fake for AWS. */
export function environmentOf({ endpoint }: FakeS3): Readonly<Record<string, string>> {
  const credentials = { AWS_ACCESS_KEY_ID: "AKIABENCH", AWS_SECRET_ACCESS_KEY: "secret" };
  return { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region, ...credentials };
}

interface Run {
  readonly buckets: number;
  readonly took: Told<unknown>;
  readonly terms: ScanTerms;
}

function row(name: string, { buckets, took, terms }: Run, seen: Seen): readonly string[] {
  const calls = callsIn(seen);
  const minimum = (calls * terms.latencyMilliseconds) / terms.concurrency;
  return [
    name,
    figure(took.wallMilliseconds / 1_000, 1),
    figure(took.cpuMilliseconds / buckets, 2),
    figure(calls / buckets, 1),
    figure((100 * minimum) / took.wallMilliseconds),
    figure(took.peakMegabytes),
  ];
}
