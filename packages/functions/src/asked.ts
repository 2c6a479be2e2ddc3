import { controls } from "@bucket-warden/core/controls";
import { asksToUndo, asksToWaive, parseManual, parseWaive } from "@bucket-warden/core/event";
import type { ManualTrigger, Trigger, UndoTrigger, WaiveTrigger } from "@bucket-warden/core/model";
import { undoTrigger } from "@bucket-warden/core/undo-trigger";
import type { Context } from "aws-lambda";
import type { Wiring } from "./wiring.ts";

/** What a person asks for. Throws InputError naming what is wrong in the request. */
export async function askedFor(
  request: unknown,
  { awsRequestId: id, invokedFunctionArn }: Context,
  { environment, ports }: Wiring,
): Promise<ManualTrigger | UndoTrigger | WaiveTrigger> {
  if (asksToUndo(request)) return undoTrigger(request, id, ports.ledger);
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
