import { parseArgs } from "node:util";
import { startFakeS3 } from "./fake-s3/start.ts";
import { benchColdStart } from "./parts/cold-start.ts";
import { benchCustodian } from "./parts/custodian.ts";
import { benchEvent } from "./parts/event.ts";
import { benchOrganization } from "./parts/organization.ts";
import { benchProofs } from "./parts/proofs.ts";
import { benchReplay } from "./parts/replay.ts";
import { benchScan } from "./parts/scan.ts";
import { benchSkip } from "./parts/skip.ts";
import { printTable, type Table } from "./table.ts";

/**
 * `npm run bench`: measures everything that docs/performance.md has figures of, on a fake AWS in a process
 * of its own. `npm run bench -- --only scan --buckets 200` is for a quick look;
 * `--custodian PATH` measures that Cloud Custodian beside `warden scan`, `--turns` how often an event is played;
 * `npm run bench -- --only organization --accounts 100 --buckets 500 --events 500` plays one organization.
 */

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    buckets: { type: "string" },
    concurrency: { type: "string", default: "64" },
    latency: { type: "string", default: "30" },
    "table-latency": { type: "string", default: "5" },
    turns: { type: "string", default: "21" },
    custodian: { type: "string" },
    processes: { type: "string", default: "15" },
    accounts: { type: "string" },
    events: { type: "string" },
    "repairs-at-once": { type: "string" },
    "looks-at-once": { type: "string" },
    "s3-reads": { type: "string" },
    seed: { type: "string", default: "1" },
  },
});

const fake = await startFakeS3();
const terms = {
  sizes: (values.buckets ?? "200,1000,3000,10000").split(",").map(Number),
  concurrency: Number(values.concurrency),
  latencyMilliseconds: Number(values.latency),
};

const eventTerms = {
  latencyMilliseconds: terms.latencyMilliseconds,
  tableMilliseconds: Number(values["table-latency"]),
  turns: Number(values.turns),
};
const { custodian } = values;

const parts: Readonly<Record<string, () => Promise<Table | readonly Table[]>>> = {
  scan: () => benchScan(fake, terms),
  skip: () => benchSkip(fake, terms),
  proofs: () => benchProofs(),
  event: () => benchEvent(fake, eventTerms),
  "cold-start": () => benchColdStart(Number(values.processes)),
  replay: () => benchReplay(),
  organization: () => benchOrganization(values),
  ...(custodian === undefined ? {} : { custodian: () => benchCustodian(fake, terms, custodian) }),
};

const names = values.only?.split(",") ?? Object.keys(parts);
try {
  for (const name of names) {
    const part = parts[name];
    if (part === undefined) {
      throw new Error(`--only ${name}: there are ${Object.keys(parts).join(", ")}`);
    }
    for (const table of [await part()].flat()) console.log(printTable(table));
  }
} finally {
  fake.stop();
}
