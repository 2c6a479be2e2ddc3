import type { Sandbox } from "../sandbox.ts";
import { logBucketIn } from "./baseline.ts";
import { createBucket } from "./calls.ts";
import type { Deployment } from "./deploy.ts";
import { createKey } from "./provision.ts";

/**
 * Makes what the sandbox baseline refers to, the key and the log bucket, in the home region now and
 * in every other region when its first bucket appears there.
 */
export async function prepareRegions(sandbox: Sandbox, deployment: Deployment): Promise<void> {
  const prepared = new Set<string>();
  const prepare = async (region: string) => {
    if (prepared.has(region)) return;
    prepared.add(region);
    await createKey(sandbox, region);
    await createBucket(sandbox, logBucketIn(sandbox.account, region), region);
    await deployment.sweep();
  };
  sandbox.onRecord(() => {
    const regions = new Set([...sandbox.world.buckets.values()].map(({ region }) => region));
    for (const region of regions) void prepare(region);
  });
  await prepare(sandbox.region);
}
