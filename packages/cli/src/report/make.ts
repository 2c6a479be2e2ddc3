import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { InputError, printable } from "@bucket-warden/core/kernel";
import type { Archive } from "@bucket-warden/core/record";
import type { ScanHead } from "../output/format.ts";
import type { ScanPart } from "../output/read-scan.ts";
import { newLedgerFindings } from "./ledger-findings.ts";
import { type Around, reportPrinter } from "./print.ts";
import { controlTitles, type LedgerPart, scanPage } from "./scan-page.ts";
import { newWorkLog } from "./work.ts";

/** A ledger to report on: where it is, in words, and what is read of it. */
export interface ReportLedger {
  readonly name: string;
  readonly ledger: Archive;
}

export interface ReportInput {
  readonly scan?: AsyncIterable<ScanPart>;
  readonly ledger?: ReportLedger;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many days of work are shown. */
  readonly days: number;
  readonly around: Around;
}

/** The report in pieces: of a scan, of a ledger, or of what a scan saw and a ledger remembers. */
export async function* reportPieces({
  scan,
  ledger,
  ...terms
}: ReportInput): AsyncIterable<string> {
  if (scan !== undefined) {
    yield* scanPieces(scan, ledger, terms);
  } else if (ledger !== undefined) {
    yield* ledgerPieces(ledger, terms);
  }
}

async function* scanPieces(
  scan: AsyncIterable<ScanPart>,
  ledger: ReportLedger | undefined,
  terms: Terms,
): AsyncIterable<string> {
  const page = scanPage(terms.around);
  let head: ScanHead | undefined;
  for await (const part of scan) {
    if (part.kind === "head") {
      head = part.head;
      yield page.head();
    } else if (part.kind === "look") yield page.look(part.look);
    else if (head !== undefined) {
      yield page.end(head, part.end, ledger && (await workOf(ledger, terms)));
    }
  }
}

type Terms = Pick<ReportInput, "now" | "days" | "around">;

async function workOf({ name, ledger }: ReportLedger, terms: Terms): Promise<LedgerPart> {
  const log = newWorkLog(terms);
  for await (const told of ledger.everyState()) log.addTold(told);
  for await (const entry of ledger.everyEntry()) log.addEntry(entry);
  return { source: sourceOf(name, terms), work: log.work() };
}

async function* ledgerPieces({ name, ledger }: ReportLedger, terms: Terms): AsyncIterable<string> {
  const log = newWorkLog(terms);
  const findings = newLedgerFindings();
  for await (const told of ledger.everyState()) {
    log.addTold(told);
    findings.addTold(told);
  }
  for await (const entry of ledger.everyEntry()) {
    log.addEntry(entry);
    findings.addEntry(entry);
  }
  const printer = reportPrinter(terms.around);
  yield printer.head();
  for (const row of findings.rows()) yield printer.findings([row]);
  yield printer.end({
    madeAt: new Date(terms.now).toISOString(),
    sources: [sourceOf(name, terms), "Nothing was looked at now: it shows what was seen last."],
    controls: controlTitles,
    posture: findings.cells(),
    unlooked: [],
    work: log.work(),
  });
}

function sourceOf(name: string, { days }: Terms): string {
  return `Work of the last ${days} days from the ledger in ${printable(name)}.`;
}

/**
 * Writes piece after piece, and the file is there when all of them are. Throws InputError when it
 * cannot be written.
 */
export async function writePieces(path: string, pieces: AsyncIterable<string>): Promise<void> {
  // A pipe or a device has no neighbour that could take its place.
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return writeTo(path, path, pieces);
  const draft = `${path}.part`;
  try {
    await writeTo(draft, path, pieces);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** `path` is what people asked for. */
async function writeTo(place: string, path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = createWriteStream(place);
  let failure: unknown;
  file.once("error", (error) => {
    failure = error;
  });
  try {
    await pipeline(pieces, file);
  } catch (error) {
    if (failure === undefined || error !== failure) throw error;
    const problem = `it cannot be written (${String((error as NodeJS.ErrnoException).code)})`;
    const remedy = "Give a path in a folder that exists and that you may write to.";
    throw new InputError({ place: path, problem, remedy, cause: error });
  }
}
