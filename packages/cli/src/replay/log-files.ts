import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "@bucket-warden/core/kernel";

/** A log file that can be read from its beginning. */
export interface LogFile {
  /** Where it is, for people. */
  readonly place: string;
  /** As it is stored, packed or not. */
  readonly bytes: number;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** The files at some places, and how many are no logs, by the reason. */
export interface Found {
  readonly files: readonly LogFile[];
  readonly skipped: Readonly<Record<string, number>>;
}

/** The CloudTrail log files at all of these places, each found as its kind of place is. Throws InputError. */
export async function filesAt(
  paths: readonly string[],
  inS3: (path: string) => Promise<readonly LogFile[]>,
): Promise<readonly LogFile[]> {
  const below = (path: string) => (path.startsWith("s3://") ? inS3(path) : filesBelow(path));
  const found = await Promise.all(paths.map(below));
  // A file that is named twice is read once.
  return [...new Map(found.flat().map((file) => [file.place, file])).values()];
}

/** The CloudTrail log files at `path`: the file itself, or all below the folder. Throws InputError. */
async function filesBelow(path: string): Promise<readonly LogFile[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new InputError({
      place: path,
      problem: "there is no such file or folder",
      remedy: "Give a CloudTrail log file (.json, .json.gz) or a folder of them.",
    });
  }
  if (found.isFile()) return [localFile(path, found.size)];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((it) => join(it.parentPath, it.name));
  const files: LogFile[] = [];
  for (const name of names.filter(isLogName)) {
    files.push(localFile(name, (await stat(name)).size));
  }
  if (files.length > 0) return files;
  throw new InputError({
    place: path,
    problem: "there are no log files below this folder",
    remedy: "Give a folder that holds files ending in .json or .json.gz.",
  });
}

function localFile(place: string, bytes: number): LogFile {
  return { place, bytes, open: () => createReadStream(place, { highWaterMark: 256 * 1024 }) };
}

export function isLogName(name: string): boolean {
  return /\.json(\.gz)?$/.test(name);
}

/** What lies in the same bucket, in folders of its own, and holds no records of calls. */
const folders: Readonly<Record<string, string>> = {
  "/CloudTrail-Digest/": "digest files, which are for validation",
  "/CloudTrail-Insight/": "files of CloudTrail Insights, which record no call",
};

/** Leaves out what is no log, and puts the others in the order of the times in their names. */
export function inOrderOfTime(all: readonly LogFile[]): Found {
  const skipped = new Map<string, number>();
  const files = all.filter(({ place }) => {
    const folder = Object.keys(folders).find((it) => place.includes(it));
    const reason = folder === undefined ? undefined : folders[folder];
    if (reason !== undefined) skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    return reason === undefined;
  });
  const keyed = files.map((file) => ({ file, key: `${timeIn(file.place)} ${file.place}` }));
  keyed.sort((one, other) => (one.key < other.key ? -1 : 1));
  return { files: keyed.map(({ file }) => file), skipped: Object.fromEntries(skipped) };
}

/**
 * `111122223333_CloudTrail_eu-west-1_20261120T1015Z_Abc.json.gz`; text that sorts before it for others.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 */
function timeIn(place: string): string {
  return /_(\d{8}T\d{4}Z)_[^/]*$/.exec(place)?.[1] ?? "";
}
