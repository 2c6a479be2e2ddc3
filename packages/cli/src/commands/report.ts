import { once } from "node:events";
import { stat } from "node:fs/promises";
import { InputError } from "@bucket-warden/core/kernel";
import { ledgerIn } from "@bucket-warden/core/record";
import { type Command, InvalidArgumentError, Option } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import type { ReportLedger } from "../report/make.ts";
import { note } from "../terminal.ts";

interface Options {
  readonly html: string;
  readonly json?: boolean;
  readonly scan?: string;
  readonly table?: string;
  readonly ledger?: string;
  readonly days: number;
}

export function addReport(program: Command): void {
  const command = program
    .command("report")
    .summary("make one page of a scan, of what was done, or of both")
    .description(
      "Makes a page of a saved scan, of a ledger, or of both: posture by control and account, repairs over time, who keeps what from being right, and each finding with its witness and diff. It is one file that loads nothing. Nothing is changed.",
    )
    .option("--html <file>", "where the page goes", "report.html")
    .addOption(new Option("--json", "print the data of the page instead").conflicts("html"))
    .option("--scan <file>", "a scan that was saved with `warden scan --output json`")
    .addOption(
      new Option("--table <name>", "the ledger of a deployment, a DynamoDB table").conflicts(
        "ledger",
      ),
    )
    .option("--ledger <folder>", "the ledger of work that was done with --local")
    .option("--days <number>", "how many days of work to show", parseDays, 90)
    .action(report);
  guide(callsAws(command), {
    examples: [
      "warden scan --output json > scan.json; warden report --scan scan.json",
      "warden report --table bucket-warden-ledger --html october.html --days 31",
      "warden report --scan scan.json --ledger warden-ledger",
      "warden report --scan scan.json --json | jq '.findings | length'",
    ],
    exitCodes: { 0: "the page is written, whatever it says" },
    more: `A table is read as a whole, which takes dynamodb:Scan on it. ${whereAwsIs}`,
  });
}

async function report(options: Options): Promise<void> {
  const { html, json, days } = options;
  const { scan, table, ledger } = options;
  if (scan === undefined && table === undefined && ledger === undefined) throw nothingToReport();
  // Templates and readers take a moment to load, and other commands do without them.
  const [{ scanParts }, { reportPieces, writePieces }, { pageAround }] = await Promise.all([
    import("../output/read-scan.ts"),
    import("../report/make.ts"),
    import("../report/page.ts"),
  ]);
  const memory = await ledgerOf(options);
  const pieces = reportPieces({
    ...(scan === undefined ? {} : { scan: scanParts(scan) }),
    ...(memory === undefined ? {} : { ledger: memory }),
    now: Date.now(),
    days,
    around: json === true ? { before: "", after: "\n" } : pageAround(),
  });
  if (json === true) {
    for await (const piece of pieces) {
      if (!process.stdout.write(piece)) await once(process.stdout, "drain");
    }
    return;
  }
  await writePieces(html, pieces);
  const { size } = await stat(html);
  note(`Wrote ${html} (${Math.ceil(size / 1_000)} kB). Open it in a browser.`);
}

async function ledgerOf({ table, ledger }: Options): Promise<ReportLedger | undefined> {
  if (table !== undefined) {
    const { tableToRead } = await import("@bucket-warden/core/aws");
    return { name: `the table ${table}`, ledger: ledgerIn(tableToRead(table)) };
  }
  if (ledger === undefined) return undefined;
  await requireFolder(ledger);
  const { folderTable } = await import("../ledger/folder-table.ts");
  return { name: `the folder ${ledger}`, ledger: ledgerIn(folderTable(ledger)) };
}

/** An empty report of a mistyped folder would look as if nothing had ever been done. */
async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  throw new InputError({
    place: `--ledger ${folder}`,
    problem: "there is no such folder",
    remedy: "Give the folder that `warden remediate --local` wrote to.",
  });
}

function nothingToReport(): InputError {
  return new InputError({
    place: "warden report",
    problem: "it is not said what to report on",
    remedy: "Give --scan FILE, --table NAME or --ledger FOLDER; a scan and a ledger go together.",
  });
}

function parseDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 366) return days;
  throw new InvalidArgumentError("It must be a whole number from 1 to 366.");
}
