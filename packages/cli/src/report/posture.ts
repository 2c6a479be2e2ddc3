import type { Assessment } from "@bucket-warden/core/model";
import type { PostureCell } from "./data.ts";

type Counts = { -readonly [K in Exclude<keyof PostureCell, "account" | "control">]: number };

export interface Posture {
  readonly add: (account: string, control: string, kind: Assessment["kind"]) => void;
  readonly cells: () => readonly PostureCell[];
}

/** Counts how each control stands in each account; what was not asked is not counted. */
export function newPosture(): Posture {
  const byAccount = new Map<string, Map<string, Counts>>();
  return {
    add: (account, control, kind) => {
      const column = columnOf(kind);
      if (column === undefined) return;
      const own = byAccount.get(account) ?? new Map<string, Counts>();
      byAccount.set(account, own);
      const counts = own.get(control) ?? { compliant: 0, drift: 0, unknown: 0, waived: 0 };
      own.set(control, counts);
      counts[column] += 1;
    },
    cells: () =>
      [...byAccount].flatMap(([account, own]) =>
        [...own].map(([control, counts]) => ({ account, control, ...counts })),
      ),
  };
}

function columnOf(kind: Assessment["kind"]): keyof Counts | undefined {
  switch (kind) {
    case "undecided":
    case "unread":
      return "unknown";
    case "not-applicable":
      return undefined;
    default:
      return kind;
  }
}
