import { controls } from "@bucket-warden/core/controls";
import { asksToUndo, asksToWaive, parseManual, parseWaive } from "@bucket-warden/core/event";
import type {
  ManualTrigger,
  Task,
  Trigger,
  UndoTrigger,
  WaiveTrigger,
} from "@bucket-warden/core/model";
import { resolve } from "@bucket-warden/core/resolve";
import { undoTrigger } from "@bucket-warden/core/undo-trigger";
import { waive } from "@bucket-warden/core/waive";
import type { Context } from "aws-lambda";
import { fieldFor } from "./resolving.ts";
import type { Wiring } from "./wiring.ts";

/** What was asked for, and the tasks that it means. */
export interface Work {
  readonly trigger: ManualTrigger | UndoTrigger | WaiveTrigger;
  readonly tasks: readonly Task[];
}

/** Throws InputError naming what is wrong in the request. */
export async function workFor(request: unknown, context: Context, wiring: Wiring): Promise<Work> {
  const trigger = await askedFor(request, context, wiring);
  const asked = controls.filter(({ id }) => controlsIn(trigger)?.includes(id) ?? true);
  const tasks = await Array.fromAsync(resolve(trigger, fieldFor(asked, wiring)));
  return { trigger, tasks };
}

/** Lets the work begin: a waiver holds before anything looks at what it waives. */
export async function start({ trigger, tasks }: Work, { ports, queue }: Wiring): Promise<void> {
  if (trigger.kind === "waive") await waive(trigger, tasks, ports);
  await queue.send(tasks);
}

async function askedFor(
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
function controlsIn(trigger: Trigger): readonly string[] | undefined {
  if (trigger.kind === "waive") return [trigger.control];
  return trigger.kind === "manual" ? trigger.controls : undefined;
}
