import type { Assessment, Finding, Held, Look } from "@bucket-warden/core/model";
import { nextAfterLook } from "./own-words.ts";

/** What was seen, in one sentence for people. */
export function sawText(assessment: Assessment): string {
  switch (assessment.kind) {
    case "compliant":
      return assessment.evidence;
    case "drift":
      return assessment.summary;
    case "waived": {
      const { summary, approver, until, reason } = assessment;
      return `${summary} (waived by ${approver} until ${until}: ${reason})`;
    }
    case "not-applicable":
    case "undecided":
      return assessment.why;
    case "unread": {
      const facets = assessment.facets.map(
        ({ facet, reason, detail }) => `${facet} (${reason}: ${detail})`,
      );
      return `could not be read: ${facets.join(", ")}`;
    }
  }
}

/** A request that slips through, or the weaker value, where there is one. */
export function witnessOf(assessment: Assessment): string | undefined {
  return "witness" in assessment ? assessment.witness : undefined;
}

/** What would be done about a finding. */
export interface Response {
  /** `repair`, how it is held, or nothing where there is nothing to do. */
  readonly word: "repair" | Held["kind"] | "";
  readonly why: string;
  /** What a person has to do; empty when there is nothing. */
  readonly next: string;
}

/** What the plan has for a finding. */
export function responseTo(
  { control, assessment }: Finding,
  { on, plan }: Pick<Look, "on" | "plan">,
): Response {
  if (assessment.kind !== "drift") return { word: "", why: "", next: "" };
  const held = plan.held.find((it) => it.control === control);
  if (held !== undefined) return { word: held.kind, why: held.why, next: nextAfterLook(held, on) };
  const documents = plan.steps
    .filter(({ controls }) => controls.includes(control))
    .map(({ document }) => document);
  if (documents.length === 0) return { word: "", why: "", next: "" };
  return { word: "repair", why: `this would be written: ${documents.join(", ")}`, next: "" };
}
