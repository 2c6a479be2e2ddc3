import type { Assessment, Look } from "@bucket-warden/core/model";

/** What an assessment can be, in the order in which people want to read it. */
export const verdicts = [
  "drift",
  "undecided",
  "unread",
  "waived",
  "compliant",
  "not-applicable",
] as const satisfies readonly Assessment["kind"][];

export type VerdictCounts = Readonly<Record<Assessment["kind"], number>>;

/** What a scan saw, in numbers. */
export interface Counts {
  /** Resources that were there. */
  readonly resources: number;
  readonly gone: number;
  readonly findings: VerdictCounts;
  /** Documents that would be written. */
  readonly writes: number;
}

export interface Tally {
  readonly add: (look: Look) => void;
  readonly counts: () => Counts;
  /** By control, in the order in which they were met. */
  readonly byControl: () => ReadonlyMap<string, VerdictCounts>;
}

/** Counts looks without keeping them; a resource that is gone counts as that alone. */
export function newTally(): Tally {
  const totals = { resources: 0, gone: 0, writes: 0 };
  const findings = noVerdicts();
  const byControl = new Map<string, Record<Assessment["kind"], number>>();
  return {
    add: (look) => {
      totals[look.gone === true ? "gone" : "resources"] += 1;
      if (look.gone === true) return;
      totals.writes += look.plan.steps.length;
      for (const { control, assessment } of look.findings) {
        const own = byControl.get(control) ?? noVerdicts();
        byControl.set(control, own);
        own[assessment.kind] += 1;
        findings[assessment.kind] += 1;
      }
    },
    counts: () => ({ ...totals, findings: { ...findings } }),
    byControl: () => byControl,
  };
}

function noVerdicts(): Record<Assessment["kind"], number> {
  return { drift: 0, undecided: 0, unread: 0, waived: 0, compliant: 0, "not-applicable": 0 };
}
