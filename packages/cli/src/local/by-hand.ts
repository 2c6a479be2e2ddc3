import { randomUUID } from "node:crypto";
import { controls } from "@bucket-warden/core/controls";
import { parseManual } from "@bucket-warden/core/event";
import { resourceName } from "@bucket-warden/core/model";
import { type Message, textOf } from "@bucket-warden/core/notify";
import { undoTrigger } from "@bucket-warden/core/undo-trigger";
import type { ManualAnswer } from "@bucket-warden/functions/invoke";
import type { RepairRequest, UndoRequest } from "../ledger/invoke.ts";
import { note, print } from "../terminal.ts";
import { openLocal } from "./local.ts";
import { ledgerOf, type Place } from "./place.ts";

interface Options extends Place {
  readonly json?: boolean;
  readonly signal?: AbortSignal;
}

/** What came of a request, and the resources of which messages told on the way. */
export interface Answered {
  readonly answer: ManualAnswer;
  readonly told?: ReadonlySet<string>;
}

/** Does in this process what the deployed function does with the same request. */
export async function repairHere(request: RepairRequest, options: Options): Promise<Answered> {
  const { local, told } = await open(request, options);
  const id = randomUUID();
  const trigger = parseManual(request, { id, ...local.caller, knownControls: controls });
  return { answer: { request: id, ...(await local.carryOut(trigger)) }, told };
}

/** The same for undoing an entry of the ledger in the folder. */
export async function undoHere(request: UndoRequest, options: Options): Promise<Answered> {
  const { local, told } = await open(request, options);
  const id = randomUUID();
  const trigger = await undoTrigger(request, id, local.ledger);
  return { answer: { request: id, ...(await local.carryOut(trigger)) }, told };
}

async function open({ mode }: RepairRequest | UndoRequest, options: Options) {
  const ledger = ledgerOf(options);
  if (mode === "apply") {
    note(`Writes with your own credentials; the ledger is ${ledger}, and no stop switch is asked.`);
  }
  // Whoever wants JSON gets nothing else on the standard output.
  const say = options.json === true ? note : print;
  const told = new Set<string>();
  const tell = (message: Message) => {
    told.add(resourceName(message.on));
    say(textOf(message));
  };
  const { baseline, signal } = options;
  const ending = signal === undefined ? {} : { signal };
  return { local: await openLocal({ baseline, ledger, tell, ...ending }), told };
}
