/** What a gate found. A green gate says how much it saw: one that saw nothing is not green. */
export type Verdict =
  | { readonly kind: "green"; readonly saw: string }
  | { readonly kind: "red"; readonly saw: string; readonly output: string };

/** One thing that every change must pass. */
export interface Gate {
  readonly name: string;
  /** The tool or the rule behind the name. */
  readonly by: string;
  readonly run: (root: string) => Promise<Verdict>;
}

/** A place where a rule is broken, as one line of text. */
export interface Violation {
  readonly rule: string;
  /** Path from the root, with the line after a colon where there is one. */
  readonly at: string;
  readonly message: string;
}

/** Green when there is no violation and enough was seen to say so. */
export function verdictOf(
  violations: readonly Violation[],
  { seen, least, unit }: { readonly seen: number; readonly least: number; readonly unit: string },
): Verdict {
  const saw = `${seen} ${unit}`;
  const lines = violations.map(({ at, rule, message }) => `${at} ${rule}: ${message}`);
  if (seen < least || seen === 0) lines.push(tooFew({ seen, least, unit }));
  return lines.length === 0
    ? { kind: "green", saw }
    : { kind: "red", saw, output: lines.join("\n") };
}

/** The complaint of a gate that saw less than the tree holds. */
export function tooFew(count: {
  readonly seen: number;
  readonly least: number;
  readonly unit: string;
}): string {
  const { seen, least, unit } = count;
  return `minimum-count: saw ${seen} ${unit}, expected at least ${Math.max(least, 1)}`;
}
