import type { LogStore } from "@bucket-warden/core/aws";
import { InputError } from "@bucket-warden/core/kernel";
import { isLogName, type LogFile } from "./log-files.ts";

/** The log files below `s3://bucket/prefix`. Throws InputError where there are none. */
export async function storedBelow(path: string, store: LogStore): Promise<readonly LogFile[]> {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  if (bucket === undefined) {
    const remedy = "Write s3://bucket/prefix.";
    throw new InputError({ place: path, problem: "it names no bucket", remedy });
  }
  const files: LogFile[] = [];
  for await (const { key, bytes } of store.list(bucket, prefix)) {
    if (!isLogName(key)) continue;
    files.push({ place: `s3://${bucket}/${key}`, bytes, open: () => store.open(bucket, key) });
  }
  if (files.length > 0) return files;
  throw new InputError({
    place: path,
    problem: "there are no log files below this prefix",
    remedy: "Give a prefix with files ending in .json or .json.gz, e.g. s3://bucket/AWSLogs/.",
  });
}
