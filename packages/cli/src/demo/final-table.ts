import type { Finding, Plan } from "@bucket-warden/core/model";
import colors from "picocolors";
import { print } from "../terminal.ts";
import type { DemoBucket } from "./cast.ts";

/** How one control stands on one bucket, read back at the end. */
export type Standing =
  | Finding["assessment"]["kind"]
  | "flagged"
  | "approval"
  | "blocked"
  | "contested";

export interface Row {
  readonly resource: string;
  readonly standings: ReadonlyMap<string, Standing>;
}

/** Findings and plan of one resource as one row. */
export function rowOf(resource: string, findings: readonly Finding[], held: Plan["held"]): Row {
  const standings = new Map(
    findings.map(({ control, assessment }): [string, Standing] => [
      control,
      held.find((it) => it.control === control)?.kind ?? assessment.kind,
    ]),
  );
  return { resource, standings };
}

/** Every cell that is not what the cast expects, as a sentence; none means that all is right. */
export function surprises(
  rows: readonly Row[],
  cast: readonly Pick<DemoBucket, "name" | "expected">[],
): readonly string[] {
  const missing = cast
    .filter(({ name }) => !rows.some(({ resource }) => resource === name))
    .map(({ name }) => `${name} was not read back`);
  const wrong = rows.flatMap(({ resource, standings }) => {
    const expected = cast.find(({ name }) => name === resource)?.expected ?? {};
    return [...standings]
      .filter(([control, standing]) => !isExpected(standing, lookUp(expected, control)))
      .map(([control, standing]) => `${resource}: ${control} is ${standing}`);
  });
  return [...missing, ...wrong];
}

function lookUp(expected: DemoBucket["expected"], control: string): string | undefined {
  return Object.entries(expected).find(([id]) => id === control)?.[1];
}

function isExpected(standing: Standing, wanted: string | undefined): boolean {
  if (wanted !== undefined) return standing === wanted;
  return standing === "compliant" || standing === "not-applicable";
}

/** Prints one line for each resource and one column for each control. */
export function printTable(rows: readonly Row[]): void {
  const controls = [...new Set(rows.flatMap(({ standings }) => [...standings.keys()]))];
  const first = Math.max(...rows.map(({ resource }) => resource.length));
  print(`${"".padEnd(first)}  ${controls.map((id) => id.padEnd(widthOf(id))).join("  ")}`);
  for (const { resource, standings } of rows) {
    const cells = controls.map((id) => cell(standings.get(id), widthOf(id)));
    print(`${resource.padEnd(first)}  ${cells.join("  ")}`.trimEnd());
  }
}

function widthOf(control: string): number {
  return Math.max(control.length, "compliant".length);
}

function cell(standing: Standing | undefined, width: number): string {
  // A control is about buckets or about the account, and its column is empty for the others.
  const text = (standing === "not-applicable" ? "–" : (standing ?? "")).padEnd(width);
  if (standing === "compliant") return colors.green(text);
  return standing === "not-applicable" ? colors.dim(text) : colors.yellow(text);
}
