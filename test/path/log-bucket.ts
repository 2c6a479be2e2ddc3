import { createClients } from "@bucket-warden/core/aws";
import { hourMilliseconds } from "@bucket-warden/core/kernel";
import { parseAccountId, parseBucketName, parseRegion } from "@bucket-warden/core/model";
import { configure, startSandbox } from "@bucket-warden/sandbox";
import { createBucket } from "@bucket-warden/sandbox/deployment";

/** The time at which tests of log files look. */
export const now = Date.UTC(2026, 10, 21, 1, 30);

/** A sandbox with a bucket `photos` that may log into a bucket `logs`, and clients that read both. */
export async function startLogBucket() {
  const sandbox = await startSandbox();
  const { account, region, world, endpoint } = sandbox;
  const home = parseRegion(region, "test");
  const credentials = { accessKeyId: "warden", secretAccessKey: "any" };
  for (const name of ["photos", "logs"]) await createBucket(sandbox, name, region);
  const objects = () => world.buckets.get("logs")?.objects;
  return {
    sandbox,
    clients: createClients({ region: home, endpoint, credentials }),
    on: {
      kind: "bucket",
      name: parseBucketName("photos", "test"),
      account: parseAccountId(account, "test"),
      region: home,
    } as const,
    /** Puts a log file there that S3 delivered so many hours ago. */
    deliver: (key: string, hoursAgo: number, text = "a log") => {
      const file = { body: Buffer.from(text), contentType: "text/plain", etag: '"e"' };
      const lastModified = now - hoursAgo * hourMilliseconds;
      objects()?.set(key, { ...file, metadata: {}, lastModified });
    },
    /** Takes all log files away. */
    empty: () => objects()?.clear(),
    /** Switches logging on, with names of files in this format. */
    log: (format = "") => {
      const enabled = `<TargetBucket>logs</TargetBucket><TargetPrefix>access/</TargetPrefix>${format}`;
      const text = `<BucketLoggingStatus><LoggingEnabled>${enabled}</LoggingEnabled></BucketLoggingStatus>`;
      configure(world, "photos", "logging", text);
    },
  };
}
