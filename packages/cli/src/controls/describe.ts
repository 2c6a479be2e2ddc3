import type { Control } from "@bucket-warden/core/controls";
import { actionsOf, callsOf } from "@bucket-warden/core/permissions";

/** One control as `warden controls --json` tells of it; the names are a promise to programs. */
export type ControlDescription = Pick<
  Control,
  "id" | "target" | "reads" | "writes" | "references"
> & {
  readonly title: string;
  /** What it may do at most; the baseline can only ask for less. */
  readonly mode: Control["remediates"];
  /** The IAM actions that reading and writing take, sorted. */
  readonly actions: readonly string[];
  readonly docs: {
    readonly rationale: string;
    readonly breaks: string;
    readonly stops: readonly string[];
    /** From the root of the repository. */
    readonly page: string;
  };
};

export function describeControl(control: Control): ControlDescription {
  const { id, target, reads, writes, references } = control;
  const { title, ...docs } = control.docs;
  return {
    id,
    title,
    mode: control.remediates,
    target,
    reads,
    writes,
    actions: actionsOf(callsOf(control)),
    references,
    docs: { ...docs, page: `docs/controls/${id}.md` },
  };
}

/** One line for each control under a line of titles, in columns as wide as they must be. */
export function tableOf(descriptions: readonly ControlDescription[]): readonly string[] {
  const rows = [
    ["CONTROL", "LOOKS AT", "ON DRIFT", "WHAT MUST HOLD"],
    ...descriptions.map(({ id, target, mode, title }) => [id, target, mode, title]),
  ];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
}
