import type { Finding } from "../model/finding.ts";
import type { Look } from "../model/look.ts";
import type { Notice } from "./message.ts";
import { drifted, undecided, unread, waiverEnding } from "./notices.ts";

/**
 * What a look would say of each finding, whether people know it or not: one notice for every finding
 * of a resource that is there. A look writes nothing, so what it would write is left to do.
 */
export function lookNotices({ findings, plan, gone }: Look): readonly Notice[] {
  return gone === true ? [] : findings.map((finding) => noticeOf(finding, plan));
}

function noticeOf(finding: Finding, plan: Look["plan"]): Notice {
  const { control, assessment } = finding;
  const seen = { plan, receipts: [] };
  switch (assessment.kind) {
    case "compliant":
      return right(control, assessment.evidence);
    case "not-applicable":
      return right(control, assessment.why);
    case "drift": {
      const notice = drifted(control, assessment, seen);
      const documents = plan.steps
        .filter(({ controls }) => controls.includes(control))
        .map(({ document }) => document);
      return documents.length === 0 ? notice : { ...notice, ...repairable(documents) };
    }
    case "undecided":
      return undecided(finding, assessment.why, seen);
    case "waived":
      return waiverEnding(control, assessment);
    case "unread":
      return unread(finding, assessment.facets, seen);
  }
}

function right(control: string, saw: string): Notice {
  return { kind: "recovered", control, saw, did: "nothing; it is right", next: "" };
}

function repairable(documents: readonly string[]): Pick<Notice, "kind" | "did" | "next"> {
  const list = documents.join(" and the ");
  return {
    kind: "flagged",
    did: `nothing was written: this was only a look; a repair would write the ${list}`,
    next: "have it repaired",
  };
}
