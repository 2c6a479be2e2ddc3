import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { InputError, isoTime } from "@bucket-warden/core/kernel";
import pc from "picocolors";
import { clock } from "../local/surroundings.ts";
import { type ScanExitCode, scanExitCode } from "../output/exit-code.ts";
import type { Format, FormatOptions, Unlooked } from "../output/format.ts";
import { formatNamed } from "../output/formats.ts";
import { newTally } from "../output/tally.ts";
import { isQuiet, note } from "../terminal.ts";
import type { ScanOptions } from "./options.ts";
import { put } from "./paper.ts";
import { showProgress } from "./progress.ts";
import { openScan, type Scan } from "./scan.ts";

/** Scans and prints. Throws InputError where it cannot begin, or the file cannot be written. */
export async function runScan(options: ScanOptions, signal: AbortSignal): Promise<ScanExitCode> {
  const scan = await openScan(options);
  const paper = options.out === undefined ? process.stdout : await openFile(options.out);
  note(`Judged by ${scan.head.baseline}, in ${scan.head.accounts.length} account(s).`);
  const format = formatNamed(options.output, paperOf(paper));
  const work = print(scan, { format, paper, signal });
  if (options.out === undefined) return work;
  const written = finished(paper).catch((cause: unknown) => refuse(options.out ?? "", cause));
  const [code] = await Promise.all([work.finally(() => paper.end()), written]);
  return code;
}

/** Opened before anything is looked at: a wrong path should cost nobody the wait for a whole scan. */
async function openFile(path: string): Promise<Writable> {
  const file = createWriteStream(path);
  await once(file, "open").catch((cause: unknown) => refuse(path, cause));
  return file;
}

function paperOf(paper: Writable): FormatOptions {
  const isTerminal = paper === process.stdout && process.stdout.isTTY;
  if (!isTerminal) return { color: false };
  return { color: pc.isColorSupported, width: process.stdout.columns };
}

interface Desk {
  readonly format: Format;
  readonly paper: Writable;
  readonly signal: AbortSignal;
}

/** Each look is printed as it comes, and none is kept. */
async function print(scan: Scan, { format, paper, signal }: Desk): Promise<ScanExitCode> {
  const tally = newTally();
  const unlooked: Unlooked[] = [];
  const missing = new Set(scan.named);
  const progress = isQuiet()
    ? undefined
    : showProgress({ stream: process.stderr, count: scan.count });
  try {
    await put(paper, format.head(scan.head));
    for await (const seen of scan.looks(signal)) {
      if (seen.kind === "unlooked") {
        const { account, why } = seen;
        unlooked.push({ account, why });
        continue;
      }
      tally.add(seen.look);
      if (seen.look.on.kind === "bucket") missing.delete(seen.look.on.name);
      await put(paper, format.look(seen.look));
      progress?.step();
    }
  } finally {
    progress?.stop();
  }
  const interrupted = signal.aborted ? ({ interrupted: true } as const) : {};
  const end = { endedAt: isoTime(clock), unlooked, ...interrupted };
  await put(paper, format.end(end));
  // Whatever was not looked at may have it.
  const isWhole = unlooked.length === 0 && !signal.aborted;
  if (isWhole && missing.size > 0) throw noSuchBucket([...missing]);
  return scanExitCode(tally.counts(), end);
}

function noSuchBucket(names: readonly string[]): InputError {
  return new InputError({
    place: "--bucket",
    problem: `no bucket ${names.join(", ")} is in the accounts and Regions that were looked at`,
    remedy: "Look at its spelling, the account and --region; * and ? stand for other letters.",
  });
}

function refuse(file: string, cause: unknown): never {
  throw new InputError({
    place: "--out",
    problem: `${file} cannot be written (${String(cause)})`,
    remedy: "Give a file in a folder in which you may write.",
    cause,
  });
}
