import { randomUUID } from "node:crypto";
import { controls } from "@bucket-warden/core/controls";
import { parseManual } from "@bucket-warden/core/event";
import { undoTrigger } from "@bucket-warden/core/undo-trigger";
import type { ManualAnswer } from "@bucket-warden/functions/invoke";
import type { RepairRequest, UndoRequest } from "../ledger/invoke.ts";
import { note, print } from "../terminal.ts";
import { type Local, openLocal } from "./local.ts";
import { ledgerOf, type Place } from "./place.ts";

interface Options extends Place {
  readonly json?: boolean;
}

/** Does in this process what the deployed function does with the same request. */
export async function repairHere(request: RepairRequest, options: Options): Promise<ManualAnswer> {
  const local = await open(request, options);
  const id = randomUUID();
  const trigger = parseManual(request, { id, ...local.caller, knownControls: controls });
  return { request: id, ...(await local.carryOut(trigger)) };
}

/** The same for undoing an entry of the ledger in the folder. */
export async function undoHere(request: UndoRequest, options: Options): Promise<ManualAnswer> {
  const local = await open(request, options);
  const id = randomUUID();
  const trigger = await undoTrigger(request, id, local.ledger);
  return { request: id, ...(await local.carryOut(trigger)) };
}

function open({ mode }: RepairRequest | UndoRequest, options: Options): Promise<Local> {
  const ledger = ledgerOf(options);
  if (mode === "apply") {
    note(`Writes with your own credentials; the ledger is ${ledger}, and no stop switch is asked.`);
  }
  // Whoever wants JSON gets nothing else on the standard output.
  const tell = options.json === true ? note : print;
  return openLocal({ baseline: options.baseline, ledger, tell });
}
