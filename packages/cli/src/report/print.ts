import { jsonText } from "../output/json-text.ts";
import type { FindingRow, ReportData } from "./data.ts";

/** Everything of a report but its findings, which are printed before it. */
export type Rest = Omit<ReportData, "findings">;

export interface ReportPrinter {
  readonly head: () => string;
  readonly findings: (rows: readonly FindingRow[]) => string;
  readonly end: (rest: Rest) => string;
}

/** What stands before and after the data: a page, or nothing. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

/** Prints the data of a report piece by piece, so that findings need not be kept. */
export function reportPrinter({ before, after }: Around): ReportPrinter {
  let isFirst = true;
  return {
    head: () => `${before}{"findings":[`,
    findings: (rows) =>
      rows
        .map((row) => {
          const between = isFirst ? "\n" : ",\n";
          isFirst = false;
          return `${between}${embedded(row)}`;
        })
        .join(""),
    end: (rest) => `\n],${embedded(rest).slice(1)}${after}`,
  };
}

/**
 * JSON that HTML cannot take for anything else: no text in it can end its script or begin a comment.
 * https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
 */
function embedded(value: object): string {
  return jsonText(value).replaceAll("<", "\\u003c");
}
