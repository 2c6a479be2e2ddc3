import { printable } from "@bucket-warden/core/kernel";
import { type Finding, type Look, resourceId, resourceName } from "@bucket-warden/core/model";
import type { Format } from "./format.ts";
import { responseTo, sawText, witnessOf } from "./words.ts";

const columns = [
  "account",
  "region",
  "kind",
  "resource",
  "id",
  "control",
  "verdict",
  "mode",
  "response",
  "saw",
  "witness",
  "next",
  "at",
] as const;

/**
 * RFC 4180, one row for each finding. Names and policies are written by strangers, so nothing in a
 * cell can start a formula where a spreadsheet opens it.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvFormat(): Format {
  return {
    head: () => rowOf(columns),
    look: (look) =>
      look.gone === true ? "" : look.findings.map((it) => rowOf(cellsOf(look, it))).join(""),
    // What could not be looked at has no finding; it is a row, so that it is not overlooked.
    end: ({ unlooked }) =>
      unlooked
        .map(({ account, region = "", why }) =>
          rowOf([account, region, "", "", "", "", "unlooked", "", "", why, "", "", ""]),
        )
        .join(""),
  };
}

function cellsOf({ on, at, plan }: Look, finding: Finding): readonly string[] {
  const { control, mode, assessment } = finding;
  const { word, next } = responseTo(finding, { on, plan });
  return [
    on.account,
    on.region,
    on.kind,
    resourceName(on),
    resourceId(on),
    control,
    assessment.kind,
    mode,
    word,
    sawText(assessment),
    witnessOf(assessment) ?? "",
    next,
    at,
  ];
}

function rowOf(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(",")}\r\n`;
}

function cellOf(text: string): string {
  const cell = withoutFormula(printable(text));
  return /[",;']/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Where `;` parts the columns, as it does in much of Europe, a cell can begin in the middle of ours. */
function withoutFormula(text: string): string {
  return text.replace(/(^|;)("?\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g, "$1'$2");
}
