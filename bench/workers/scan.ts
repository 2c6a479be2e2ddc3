import { createClients, createDirectory, createReader } from "../../packages/core/src/aws/index.ts";
import { parseBaseline, settingsFor } from "../../packages/core/src/baseline/index.ts";
import { assess, needsOf, selectControls } from "../../packages/core/src/drift/index.ts";
import {
  type BucketRef,
  parseAccountId,
  parseRegion,
} from "../../packages/core/src/model/index.ts";
import { observe } from "../../packages/core/src/observe/index.ts";
import { account, region as home } from "../fake-s3/start.ts";
import { asked, tellParent } from "./meter.ts";

/** Looks at every bucket of the fake, as a scan with the default baseline does. */

export interface ScanAsked {
  readonly endpoint: string;
  readonly concurrency: number;
}

const { endpoint, concurrency } = asked<ScanAsked>();
const region = parseRegion(home, "bench");
const credentials = { accessKeyId: "AKIABENCH", secretAccessKey: "secret" };
const clients = createClients({ region, endpoint, credentials });
const reader = createReader(clients);
const baseline = parseBaseline({}, "bench");
const waivers = { valid: [], invalid: [] };

async function lookAt(on: BucketRef): Promise<number> {
  const now = Date.now();
  const settings = settingsFor(baseline, on);
  const task = { id: "1", ref: on, mode: "plan", touches: "all" } as const;
  const selected = selectControls({ ...task, cause: { kind: "sweep", sweepId: "1" } }, settings);
  const facets = needsOf(selected, { on, settings });
  const readings = await observe(reader, on, { facets, settings, now });
  const findings = assess(selected, readings, { on, settings, waivers, now });
  return findings.filter(({ assessment }) => assessment.kind === "drift").length;
}

await tellParent(async () => {
  const seen = { buckets: 0, drifted: 0 };
  const buckets = createDirectory(clients, [region]).bucketsOf(parseAccountId(account, "bench"));
  const iterator = buckets[Symbol.asyncIterator]();
  const work = async (): Promise<void> => {
    for (let it = await iterator.next(); it.done !== true; it = await iterator.next()) {
      seen.drifted += await lookAt(it.value);
      seen.buckets += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return seen;
});
