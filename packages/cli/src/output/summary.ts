import type { createColors } from "picocolors";
import { type Tally, type VerdictCounts, verdicts } from "./tally.ts";

type Colors = ReturnType<typeof createColors>;

/** A row for each control that was looked at, and the sums in a sentence. */
export function summaryLines(tally: Tally, colors: Colors): readonly string[] {
  const { resources, gone, findings, writes } = tally.counts();
  const rows = [...tally.byControl()];
  const first = Math.max(...rows.map(([control]) => control.length), "CONTROL".length);
  const heads = verdicts.map((verdict) => verdict.toUpperCase());
  const title = [`${"CONTROL".padEnd(first)}`, ...heads].join("  ");
  const lines = rows.map(([control, counts]) => summaryRow(control.padEnd(first), counts, colors));
  const sums = verdicts
    .filter((verdict) => findings[verdict] > 0)
    .map((verdict) => `${findings[verdict]} ${verdict}`);
  const was = [
    plural(resources, "resource"),
    ...(gone === 0 ? [] : [`${gone} gone meanwhile`]),
    ...sums,
    ...(writes === 0 ? [] : [`${plural(writes, "document")} would be written`]),
  ];
  return [...(rows.length === 0 ? [] : [colors.dim(title), ...lines, ""]), was.join(", ")];
}

function summaryRow(control: string, counts: VerdictCounts, colors: Colors): string {
  const cells = verdicts.map((verdict) => {
    const count = counts[verdict];
    const text = (count === 0 ? "–" : String(count)).padStart(verdict.length);
    if (count === 0) return colors.dim(text);
    return verdict === "drift" ? colors.red(text) : text;
  });
  return [control, ...cells].join("  ");
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
