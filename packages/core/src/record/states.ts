import { fingerprint } from "../kernel/hash.ts";
import type { Finding, FindingState, FindingStates } from "../model/finding.ts";

/** The states after this reconcile: judged controls anew, `except` and everything else as before. */
export function nextStates(
  before: FindingStates,
  findings: readonly Finding[],
  except: ReadonlySet<string>,
): FindingStates {
  const judged = findings.filter(({ control }) => !except.has(control));
  return { ...before, ...Object.fromEntries(judged.map((it) => [it.control, stateOf(it)])) };
}

/** A finding without the parts that may change while it says the same thing. */
export function stateOf({ assessment, mode }: Finding): FindingState {
  // What may be done about drift is part of the news.
  const leave = assessment.kind === "drift" ? mode : "";
  const says = [isRight(assessment) ? "right" : assessment.kind, whatItSays(assessment), leave];
  return { kind: assessment.kind, print: fingerprint(says) };
}

function isRight({ kind }: Finding["assessment"]): boolean {
  return kind === "compliant" || kind === "not-applicable";
}

function whatItSays(assessment: Finding["assessment"]): unknown {
  switch (assessment.kind) {
    case "compliant":
    case "not-applicable":
      return "";
    case "drift":
      return [assessment.summary, assessment.witness, assessment.allowance];
    case "undecided":
      return assessment.why;
    case "waived":
      return [assessment.summary, assessment.until, assessment.ending];
    case "unread":
      return assessment.facets.map(({ facet, reason }) => [facet, reason]);
  }
}
