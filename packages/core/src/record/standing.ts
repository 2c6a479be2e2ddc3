import type { FindingStates } from "../model/finding.ts";
import type { ResourceRef } from "../model/ref.ts";
import type { Ledger, OpenControl } from "./ledger.ts";

/** Keeps what is open on a resource now, where that is something else than before. */
export async function keepStanding(
  ledger: Pick<Ledger, "saveStanding">,
  on: ResourceRef,
  { before, now, at }: { before: FindingStates; now: FindingStates; at: string },
): Promise<void> {
  const open = openIn(now);
  if (JSON.stringify(open) === JSON.stringify(openIn(before))) return;
  await ledger.saveStanding({ on, open }, at);
}

function openIn(states: FindingStates): readonly OpenControl[] {
  return Object.entries(states)
    .flatMap(([control, { kind }]) =>
      kind === "drift" || kind === "undecided" || kind === "unread" ? [{ control, kind }] : [],
    )
    .sort((one, other) => one.control.localeCompare(other.control));
}
