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
  return wanted === undefined ? isQuiet(standing) : standing === wanted;
}

/** Prints a line for each control: how many resources are as they should be, and which are not. */
export function printTable(rows: readonly Row[]): void {
  const controls = [...new Set(rows.flatMap(({ standings }) => [...standings.keys()]))];
  const first = Math.max(...controls.map((id) => id.length));
  print(`${"".padEnd(first)}  compliant  not asked  otherwise`);
  for (const id of controls) {
    const found = rows.flatMap(({ resource, standings }) => {
      const standing = standings.get(id);
      return standing === undefined ? [] : [{ resource, standing }];
    });
    const others = found.filter(({ standing }) => !isQuiet(standing));
    const words = others.map(({ resource, standing }) => colors.yellow(`${standing} ${resource}`));
    const counts = [count(found, "compliant"), count(found, "not-applicable")];
    print(`${id.padEnd(first)}  ${counts.join("  ")}  ${words.join(", ")}`.trimEnd());
  }
}

function isQuiet(standing: Standing): boolean {
  return standing === "compliant" || standing === "not-applicable";
}

function count(
  found: readonly { readonly standing: Standing }[],
  wanted: "compliant" | "not-applicable",
): string {
  const { length } = found.filter(({ standing }) => standing === wanted);
  const text = (length === 0 ? "–" : String(length)).padStart("compliant".length);
  return length > 0 && wanted === "compliant" ? colors.green(text) : colors.dim(text);
}
