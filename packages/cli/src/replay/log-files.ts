import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InputError } from "@bucket-warden/core/kernel";

const unzip = promisify(gunzip);

/** The CloudTrail log files at `path`: the file itself, or all below the folder, in order of name. */
export async function logFilesAt(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new InputError({
      place: path,
      problem: "there is no such file or folder",
      remedy: "Give a CloudTrail log file (.json, .json.gz) or a folder of them.",
    });
  }
  if (found.isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.json(\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length > 0) return files;
  throw new InputError({
    place: path,
    problem: "there are no log files below this folder",
    remedy: "Give a folder that holds files ending in .json or .json.gz.",
  });
}

/** The text of a log file, unpacked. Throws InputError when it cannot be read or unpacked. */
export async function readLogFile(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    return (path.endsWith(".gz") ? await unzip(bytes) : bytes).toString("utf8");
  } catch (cause) {
    throw new InputError({
      place: path,
      problem: path.endsWith(".gz") ? "it cannot be unpacked" : "it cannot be read",
      remedy: "Copy it from the trail's bucket again.",
      cause,
    });
  }
}
