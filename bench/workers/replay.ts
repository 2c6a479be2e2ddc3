import { readFileSync } from "node:fs";
import { filesAt } from "../../packages/cli/src/replay/log-files.ts";
import { rehearsalOf } from "../../packages/cli/src/replay/rehearsal.ts";
import { replay } from "../../packages/cli/src/replay/replay.ts";
import { asked, tellParent } from "./meter.ts";

/** Which log to read, and how. */
export interface ReplayAsked {
  readonly what: "parse" | "replay";
  readonly log: string;
}

export interface Replayed {
  readonly records: number;
  readonly reconciles: number;
}

async function work({ what, log }: ReplayAsked): Promise<Replayed> {
  if (what === "parse") {
    const { Records } = JSON.parse(readFileSync(log, "utf8"));
    return { records: Records.length, reconciles: 0 };
  }
  const { rehearsal } = await rehearsalOf(undefined, { delaySeconds: 60 });
  const files = await filesAt([log], () => Promise.reject(new Error("no log here is in S3")));
  const { records } = await replay({ files, skipped: {} }, { rehearsals: [rehearsal] });
  const { reconciles } = await rehearsal.end();
  return { records, reconciles };
}

await tellParent(() => work(asked<ReplayAsked>()));
