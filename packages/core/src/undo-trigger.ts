import { parseUndo } from "./event/index.ts";
import { InputError } from "./kernel/index.ts";
import type { UndoTrigger } from "./model/index.ts";
import type { Ledger } from "./record/index.ts";

/**
 * A request to undo, with what the entry is about: that stands in the ledger, so that nobody has to
 * repeat it. Throws InputError naming what is wrong in the request, or where nothing can be undone.
 */
export async function undoTrigger(
  request: unknown,
  id: string,
  ledger: Pick<Ledger, "find">,
): Promise<UndoTrigger> {
  const asked = parseUndo(request);
  const entry = await ledger.find(asked.entry);
  if (entry?.receipts.some(({ kind }) => kind === "written")) {
    return { kind: "undo", id, ...asked, on: entry.task.ref };
  }
  throw new InputError({
    place: "request.undo",
    problem:
      entry === undefined
        ? `there is no ledger entry ${JSON.stringify(asked.entry)}`
        : `ledger entry ${asked.entry} wrote nothing`,
    remedy: "Give the id of an entry that wrote something; the history of the bucket shows it.",
  });
}
