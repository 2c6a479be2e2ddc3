import type { Plan } from "../model/plan.ts";
import type { Receipt } from "../model/receipt.ts";
import type { Notice } from "./message.ts";

/** What one undo did and could not do. */
export interface UndoStory {
  /** The ledger entry that was to be undone. */
  readonly entry: string;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  /** What was accepted and does not show. */
  readonly unlanded: readonly Receipt[];
  /** Until when nothing repairs it again, in ISO 8601; undefined when it is watched again at once. */
  readonly until?: string;
}

/** One notice for each control whose repair was, or should have been, taken back. */
export function undoNotices({
  entry,
  plan,
  receipts,
  unlanded,
  until,
}: UndoStory): readonly Notice[] {
  const saw = `ledger entry ${entry} was to be undone`;
  const held = plan.held.map(({ control, why, next }): Notice => {
    return { kind: "blocked", control, saw, did: `nothing was written: ${why}`, next };
  });
  const done = controlsOf(receipts).map((control): Notice => {
    const own = receipts.filter(({ step }) => step.controls.includes(control));
    const trouble = own.find((it) => it.kind !== "written" || unlanded.includes(it));
    if (trouble !== undefined) {
      return {
        kind: "blocked",
        control,
        saw,
        did: whatCameOf(trouble),
        next: "look at it by hand",
      };
    }
    return {
      kind: "undone",
      control,
      saw,
      did: `took its write of the ${documentsOf(own)} back, and read it back`,
      next:
        until === undefined
          ? "nothing: it is watched again"
          : `put it right before ${until}; then the control acts again. To have the repair back now, undo this entry`,
    };
  });
  return [...held, ...done];
}

function whatCameOf(receipt: Receipt): string {
  const { document } = receipt.step;
  switch (receipt.kind) {
    case "written":
      return `wrote the ${document}, but it does not hold: somebody changes it, or S3 shows it late`;
    case "failed":
      return `tried to write the ${document}: ${receipt.error}`;
    case "skipped":
      return `nothing was written: ${receipt.why}`;
  }
}

function controlsOf(receipts: readonly Receipt[]): readonly string[] {
  return [...new Set(receipts.flatMap(({ step }) => step.controls))];
}

function documentsOf(receipts: readonly Receipt[]): string {
  return [...new Set(receipts.map(({ step }) => step.document))].join(" and the ");
}
