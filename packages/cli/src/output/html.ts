import { pageAround } from "../report/page.ts";
import { scanPage } from "../report/scan-page.ts";
import type { Format, ScanHead } from "./format.ts";

/** The page of `warden report`, of this scan alone. */
export function htmlFormat(): Format {
  const page = scanPage(pageAround());
  let known: ScanHead | undefined;
  return {
    head: (head) => {
      known = head;
      return page.head();
    },
    look: page.look,
    end: (end) => {
      if (known === undefined) throw new Error("a scan ends that never began");
      return page.end(known, end);
    },
  };
}
