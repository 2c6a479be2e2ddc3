import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { InputError, printable } from "@bucket-warden/core/kernel";
import type { Archive } from "@bucket-warden/core/record";
import type { Scan } from "../output/read-scan.ts";
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
  readonly scan?: Scan;
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
    const page = scanPage(terms.around);
    yield page.head();
    for (const look of scan.looks) yield page.look(look);
    const part = ledger && (await workOf(ledger, terms));
    yield page.end(scan.head, scan.end, part);
  } else if (ledger !== undefined) {
    yield* ledgerPieces(ledger, terms);
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

/** Writes piece after piece. Throws InputError when the file cannot be written. */
export async function writePieces(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = createWriteStream(path);
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
