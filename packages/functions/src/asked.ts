import { controls } from "@bucket-warden/core/controls";
import { asksToUndo, parseManual, parseUndo } from "@bucket-warden/core/event";
import { InputError } from "@bucket-warden/core/kernel";
import type { ManualTrigger, UndoTrigger } from "@bucket-warden/core/model";
import type { Context } from "aws-lambda";
import type { Wiring } from "./wiring.ts";

/** What a person asks for. Throws InputError naming what is wrong in the request. */
export async function askedFor(
  request: unknown,
  { awsRequestId: id, invokedFunctionArn }: Context,
  { environment, ports }: Wiring,
): Promise<ManualTrigger | UndoTrigger> {
  if (asksToUndo(request)) return undoOf(request, id, ports.ledger);
  return parseManual(request, {
    id,
    account: invokedFunctionArn.split(":")[4] ?? "",
    region: environment.region,
    knownControls: controls,
  });
}

/** What an entry is about stands in the ledger, so that nobody has to repeat it. */
async function undoOf(
  request: unknown,
  id: string,
  ledger: Wiring["ports"]["ledger"],
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
