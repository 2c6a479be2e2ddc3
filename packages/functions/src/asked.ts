import { controls } from "@bucket-warden/core/controls";
import {
  asksToUndo,
  asksToWaive,
  parseManual,
  parseUndo,
  parseWaive,
} from "@bucket-warden/core/event";
import { InputError } from "@bucket-warden/core/kernel";
import type { ManualTrigger, Trigger, UndoTrigger, WaiveTrigger } from "@bucket-warden/core/model";
import type { Context } from "aws-lambda";
import type { Wiring } from "./wiring.ts";

/** What a person asks for. Throws InputError naming what is wrong in the request. */
export async function askedFor(
  request: unknown,
  { awsRequestId: id, invokedFunctionArn }: Context,
  { environment, ports }: Wiring,
): Promise<ManualTrigger | UndoTrigger | WaiveTrigger> {
  if (asksToUndo(request)) return undoOf(request, id, ports.ledger);
  const account = invokedFunctionArn.split(":")[4] ?? "";
  const defaults = { id, account, region: environment.region, knownControls: controls };
  if (!asksToWaive(request)) return parseManual(request, defaults);
  return parseWaive(request, { ...defaults, mostDays: environment.baseline.limits.waiverDays });
}

/** The controls that are named, where only resources that these are about are meant. */
export function controlsIn(trigger: Trigger): readonly string[] | undefined {
  if (trigger.kind === "waive") return [trigger.control];
  return trigger.kind === "manual" ? trigger.controls : undefined;
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
