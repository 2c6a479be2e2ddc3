import { openScan } from "../../packages/cli/src/scan/scan.ts";
import { asked, tellParent } from "./meter.ts";

/** Does what `warden scan` does with the default baseline, and prints nothing. */

export interface ScanAsked {
  readonly concurrency: number;
}

const { concurrency } = asked<ScanAsked>();

await tellParent(async () => {
  const seen = { looks: 0, findings: 0, unlooked: 0 };
  const scan = await openScan({ concurrency });
  for await (const it of scan.looks(new AbortController().signal)) {
    if (it.kind === "unlooked") {
      seen.unlooked += 1;
      continue;
    }
    seen.looks += 1;
    seen.findings += it.look.findings.length;
  }
  if (seen.unlooked > 0) throw new Error(`${seen.unlooked} accounts could not be listed`);
  return seen;
});
