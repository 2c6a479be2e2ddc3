import { asffFormat } from "./asff.ts";
import { csvFormat } from "./csv.ts";
import type { Format, FormatOptions } from "./format.ts";
import { htmlFormat } from "./html.ts";
import { jsonFormat } from "./json.ts";
import { junitFormat } from "./junit.ts";
import { ocsfFormat } from "./ocsf.ts";
import { sarifFormat } from "./sarif/sarif.ts";
import { tableFormat } from "./table.ts";

/** The names by which people choose a format. */
export const formatNames = [
  "table",
  "json",
  "csv",
  "sarif",
  "junit",
  "ocsf",
  "asff",
  "html",
] as const;

export type FormatName = (typeof formatNames)[number];

/** A new one for each scan: most formats count what they printed. */
export function formatNamed(name: FormatName, options: FormatOptions): Format {
  switch (name) {
    case "table":
      return tableFormat(options);
    case "json":
      return jsonFormat();
    case "csv":
      return csvFormat();
    case "sarif":
      return sarifFormat();
    case "junit":
      return junitFormat();
    case "ocsf":
      return ocsfFormat();
    case "asff":
      return asffFormat();
    case "html":
      return htmlFormat();
  }
}
