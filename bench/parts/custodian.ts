import { eightPolicies, onePolicy } from "../custodian/policies.ts";
import { type CustodianRun, runCustodian } from "../custodian/run.ts";
import { callsIn, type FakeS3 } from "../fake-s3/start.ts";
import { startWorker } from "../start-worker.ts";
import { figure, type Table } from "../table.ts";
import { environmentOf, type ScanTerms } from "./scan.ts";

/** A given Cloud Custodian beside `warden scan`, on the same fake in the same run. */
export async function benchCustodian(
  fake: FakeS3,
  { sizes, concurrency, latencyMilliseconds }: ScanTerms,
  path: string,
): Promise<Table> {
  const rows: (readonly string[])[] = [];
  for (const buckets of sizes) {
    const measured = async (
      name: string,
      run: () => Promise<CustodianRun>,
      scan?: CustodianRun,
    ) => {
      await fake.set({ buckets, latencyMilliseconds });
      const took = await run();
      const beside = scan === undefined ? [] : ratios(took, scan);
      rows.push([
        `${figure(buckets)}, ${name}`,
        figure(took.wallMilliseconds / 1_000, 1),
        figure(took.cpuMilliseconds / buckets, 1),
        figure(callsIn(await fake.seen()) / buckets, 1),
        ...beside,
      ]);
      return took;
    };
    const scan = await measured("`warden scan`", () =>
      startWorker("scan", { concurrency }, { env: environmentOf(fake), asCommand: true }),
    );
    await measured("one policy", () => runCustodian(path, onePolicy, fake), scan);
    await measured("eight policies", () => runCustodian(path, eightPolicies, fake), scan);
  }
  const head = ["buckets", "wall s", "CPU ms/bucket", "calls/bucket", "wall / scan", "CPU / scan"];
  return { title: `Cloud Custodian, ${latencyMilliseconds} ms`, head, rows };
}

function ratios(one: CustodianRun, scan: CustodianRun): readonly string[] {
  return [
    figure(one.wallMilliseconds / scan.wallMilliseconds, 1),
    figure(one.cpuMilliseconds / scan.cpuMilliseconds, 1),
  ];
}
