import type { Finding, FindingState, FindingStates } from "../model/finding.ts";
import type { Held, Plan, PlanStep } from "../model/plan.ts";
import type { Receipt } from "../model/receipt.ts";
import type { Notice } from "./message.ts";
import { sourceFixes } from "./source-fix/source-fix.ts";

/** What one reconcile found before it wrote, did, and found afterwards. */
export interface Story {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  /** What people were told last. */
  readonly told: FindingStates;
  /** What the findings amount to now, for comparison with `told`. */
  readonly now: FindingStates;
  /** Controls that will be looked at again soon; nothing is said of them yet. */
  readonly pending: ReadonlySet<string>;
}

/** One notice for each control whose state changed; none for a state that people know already. */
export function noticesOf(story: Story): readonly Notice[] {
  return story.after
    .filter(({ control }) => !story.pending.has(control))
    .flatMap((finding) => noticeOf(finding, story));
}

function noticeOf(finding: Finding, story: Story): readonly Notice[] {
  const { control, assessment } = finding;
  const repair = assessment.kind === "compliant" ? repairOf(control, story) : undefined;
  if (repair !== undefined) return [repair];
  const told = story.told[control];
  const isNews = told?.print !== story.now[control]?.print;
  return isNews
    ? newsOf(finding, isOpen(told), story).map((it) => compared(it, told, assessment))
    : [];
}

/** Trouble is compared with what people knew; the end of it needs no comparison. */
function compared(
  notice: Notice,
  told: FindingState | undefined,
  { kind }: Finding["assessment"],
): Notice {
  if (!isTrouble(kind)) return notice;
  const before = ranks[told?.kind ?? "compliant"];
  if (before === 0) return { ...notice, news: "new" };
  return { ...notice, news: ranks[kind] > before ? "worse" : "changed" };
}

function isTrouble(kind: Finding["assessment"]["kind"]): boolean {
  return ranks[kind] > ranks.waived;
}

/** How bad a state is: what is wrong for certain comes before what may be, and what is accepted. */
const ranks = {
  compliant: 0,
  "not-applicable": 0,
  waived: 1,
  undecided: 2,
  unread: 2,
  drift: 3,
} as const satisfies Readonly<Record<Finding["assessment"]["kind"], number>>;

function newsOf(finding: Finding, wasOpen: boolean, story: Story): readonly Notice[] {
  const { control, assessment } = finding;
  switch (assessment.kind) {
    case "compliant":
    case "not-applicable":
      return wasOpen ? [recovered(finding)] : [];
    case "drift":
      return [drifted(control, assessment, story)];
    case "undecided":
      return [undecided(finding, assessment.why, story)];
    case "waived":
      return assessment.ending === "later" ? [] : [waiverEnding(control, assessment)];
    case "unread":
      return [unread(finding, assessment.facets, story)];
  }
}

function isOpen(told: FindingState | undefined): boolean {
  const closed = ["compliant", "not-applicable", "waived"];
  return told !== undefined && !closed.includes(told.kind);
}

function repairOf(control: string, { before, receipts }: Story): Notice | undefined {
  const steps = writtenSteps(control, receipts);
  if (steps.length === 0) return undefined;
  const found = before.find((finding) => finding.control === control)?.assessment;
  const drift = found?.kind === "drift" ? found : undefined;
  return {
    kind: "fixed",
    control,
    saw: drift?.summary ?? "drift, before this work was interrupted",
    did: `wrote the ${documentsOf(steps)}, read it back, and it is right`,
    next: "",
    ...(drift?.witness === undefined ? {} : { witness: drift.witness }),
  };
}

type Assessed<K extends Finding["assessment"]["kind"]> = Extract<
  Finding["assessment"],
  { kind: K }
>;

/** What came of drift, where it is there still. */
export function drifted(
  control: string,
  drift: Assessed<"drift">,
  { plan, receipts }: Pick<Story, "plan" | "receipts">,
): Notice {
  const held = plan.held.find((it) => it.control === control);
  const receipt = receipts.findLast(({ step }) => step.controls.includes(control));
  return {
    kind: held === undefined ? "blocked" : noticeKinds[held.kind],
    control,
    saw: drift.summary,
    did: held === undefined ? whatCameOf(receipt) : `nothing was written: ${held.why}`,
    next: held?.next ?? "look at it; the next sweep tries again",
    ...(held?.impact === undefined ? {} : { impact: held.impact }),
    ...(held?.kind === "contested" ? { fixes: sourceFixes(held.wanted ?? [], held.by) } : {}),
    ...(drift.witness === undefined ? {} : { witness: drift.witness }),
  };
}

function whatCameOf(receipt: Receipt | undefined): string {
  switch (receipt?.kind) {
    case "written":
      return `wrote the ${receipt.step.document}, but it does not hold: somebody changes it back, or S3 shows it late`;
    case "failed":
      return `tried to write the ${receipt.step.document}: ${receipt.error}`;
    case "skipped":
      return `nothing was written: ${receipt.why}`;
    case undefined:
      return "nothing was written";
  }
}

const noticeKinds: Readonly<Record<Held["kind"], Notice["kind"]>> = {
  flagged: "flagged",
  approval: "approval-wanted",
  blocked: "blocked",
  contested: "contested",
};

export function undecided(
  { control }: Finding,
  why: string,
  story: Pick<Story, "receipts">,
): Notice {
  return {
    kind: "undecided",
    control,
    saw: `it cannot be decided: ${why}`,
    did: writtenFor(control, story) ?? "nothing was written, because a guess could do harm",
    next: "look at it by hand",
  };
}

export function unread(
  { control }: Finding,
  facets: Assessed<"unread">["facets"],
  story: Pick<Story, "receipts">,
): Notice {
  const what = facets.map(({ facet, detail }) => `${facet} (${detail})`).join(", ");
  return {
    kind: "unread",
    control,
    saw: `could not read: ${what}`,
    did:
      writtenFor(control, story) ??
      "nothing was written, because what cannot be read is unknown, not wrong",
    next: facets.some(({ reason }) => reason === "denied")
      ? "give the remediation role permission to read it, or look who denies it"
      : "look why AWS does not answer; the next sweep tries again",
  };
}

/** What was written before the trouble began, if anything. */
function writtenFor(control: string, { receipts }: Pick<Story, "receipts">): string | undefined {
  const steps = writtenSteps(control, receipts);
  return steps.length === 0
    ? undefined
    : `wrote the ${documentsOf(steps)}, but could not verify it`;
}

function writtenSteps(control: string, receipts: readonly Receipt[]): readonly PlanStep[] {
  return receipts
    .filter((it) => it.kind === "written" && it.step.controls.includes(control))
    .map(({ step }) => step);
}

function documentsOf(steps: readonly PlanStep[]): string {
  return [...new Set(steps.map(({ document }) => document))].join(" and the ");
}

function recovered({ control, assessment }: Finding): Notice {
  const evidence = assessment.kind === "compliant" ? assessment.evidence : "it no longer applies";
  return { kind: "recovered", control, saw: evidence, did: "nothing; somebody else did", next: "" };
}

export function waiverEnding(control: string, waived: Assessed<"waived">): Notice {
  const { summary, witness, approver, reason, ticket, until } = waived;
  const why = ticket === undefined ? reason : `${reason}, ${ticket}`;
  return {
    kind: "waiver-ending",
    control,
    saw: `${summary}; it is waived until ${until} by ${approver} (${why})`,
    did: "nothing: it is waived",
    next: "put it right, or renew the waiver; after its last day the control acts again",
    ...(witness === undefined ? {} : { witness }),
  };
}
