import { printable } from "@bucket-warden/core/kernel";
import { type LedgerEntry, resourceName } from "@bucket-warden/core/model";
import type { ToldOf } from "@bucket-warden/core/record";
import type { FindingRow } from "./data.ts";
import { findingRows, openVerdict } from "./finding-rows.ts";
import { newPosture } from "./posture.ts";

/**
 * What is open by the ledger alone: its states tell what is, and the newest entry that found it so
 * tells what was seen. All states come first; only what is open is kept.
 */
export function newLedgerFindings() {
  const posture = newPosture();
  const open = new Map<string, FindingRow>();
  return {
    addTold: ({ account, name, states }: ToldOf): void => {
      for (const [control, { kind }] of Object.entries(states)) {
        posture.add(account, control, kind);
        const verdict = openVerdict(kind);
        if (verdict === undefined) continue;
        const place = { resource: printable(name), account, region: "", control, verdict };
        const unsaid = {
          response: "",
          saw: "what was seen is not recorded any more",
          diff: [],
          at: "",
        };
        open.set(keyOf({ account, resource: name, control }), { ...place, ...unsaid });
      }
    },
    addEntry: ({ task, endedAt, findings, plan }: LedgerEntry): void => {
      const on = task.ref;
      const rows = findingRows({ on, at: endedAt, findings, plan });
      for (const row of rows) {
        const key = keyOf({ ...row, resource: resourceName(on) });
        const known = open.get(key);
        if (known?.verdict === row.verdict && known.at < row.at) open.set(key, row);
      }
    },
    rows: (): readonly FindingRow[] => [...open.values()],
    cells: posture.cells,
  };
}

function keyOf({
  account,
  resource,
  control,
}: Pick<FindingRow, "account" | "resource" | "control">) {
  return JSON.stringify([account, resource, control]);
}
