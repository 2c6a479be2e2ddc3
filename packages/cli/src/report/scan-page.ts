import { controls } from "@bucket-warden/core/controls";
import { printable } from "@bucket-warden/core/kernel";
import type { Look } from "@bucket-warden/core/model";
import type { ScanEnd, ScanHead, Unlooked } from "../output/format.ts";
import type { ReportData, Work } from "./data.ts";
import { findingRows } from "./finding-rows.ts";
import { newPosture } from "./posture.ts";
import { type Around, reportPrinter } from "./print.ts";

/** What only the ledger knows, where a report has one. */
export interface LedgerPart {
  readonly source: string;
  readonly work: Work;
}

export interface ScanPage {
  readonly head: () => string;
  readonly look: (look: Look) => string;
  readonly end: (head: ScanHead, end: ScanEnd, ledger?: LedgerPart) => string;
}

/** The report of a scan, piece by piece: of looks only numbers are kept. */
export function scanPage(around: Around): ScanPage {
  const printer = reportPrinter(around);
  const posture = newPosture();
  return {
    head: printer.head,
    look: (look) => {
      if (look.gone === true) return "";
      for (const { control, assessment } of look.findings) {
        posture.add(look.on.account, control, assessment.kind);
      }
      return printer.findings(findingRows(look));
    },
    end: (head, end, ledger) =>
      printer.end({
        madeAt: end.endedAt,
        sources: [scanSource(head, end), ...(ledger === undefined ? [] : [ledger.source])],
        controls: controlTitles,
        posture: posture.cells(),
        unlooked: end.unlooked.map(unlookedRow),
        ...(ledger === undefined ? {} : { work: ledger.work }),
      }),
  };
}

/** The controls in the order of the page, with what must hold. */
export const controlTitles: ReportData["controls"] = controls.map(({ id, docs }) => ({
  id,
  title: docs.title,
}));

function scanSource(
  { startedAt, baseline, accounts, regions }: ScanHead,
  { interrupted }: ScanEnd,
): string {
  const minute = `${startedAt.slice(0, 10)} ${startedAt.slice(11, 16)} UTC`;
  const where = accounts.length === 1 ? `account ${accounts[0]}` : `${accounts.length} accounts`;
  const regionText = regions.length === 0 ? "" : ` in ${regions.join(", ")}`;
  const stopped = interrupted === true ? " It was stopped before it had looked at everything." : "";
  return `Scan of ${where}${regionText}, ${minute}, with ${printable(baseline)}.${stopped}`;
}

function unlookedRow({ account, region, why }: Unlooked): ReportData["unlooked"][number] {
  const where = region === undefined ? `Account ${account}` : `Account ${account} in ${region}`;
  return { where, why: printable(why) };
}
