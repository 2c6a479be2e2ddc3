import { controls } from "@bucket-warden/core/controls";
import { resolve } from "@bucket-warden/core/resolve";
import { waive } from "@bucket-warden/core/waive";
import { askedFor, controlsIn } from "./asked.ts";
import { awaitOutcomes, planAll, type Results } from "./by-hand.ts";
import { createEdge, fromProcess } from "./edge.ts";
import { fieldFor } from "./resolving.ts";

export interface ManualAnswer extends Results {
  readonly request: string;
}

/**
 * A person → plans, or outcomes. Also by hand nothing writes outside the task queue: `apply` queues
 * the tasks and waits for their ledger entries.
 */
export const createInvoke = createEdge<unknown, ManualAnswer>(
  (wiring) => async (event, context) => {
    const request = context.awsRequestId;
    const trigger = await askedFor(event, context, wiring);
    const asked = controls.filter(({ id }) => controlsIn(trigger)?.includes(id) ?? true);
    const tasks = await Array.fromAsync(resolve(trigger, fieldFor(asked, wiring)));
    const until = wiring.ports.clock.now() + context.getRemainingTimeInMillis() - 2_000;
    if (trigger.mode === "plan") return { request, ...(await planAll(tasks, wiring, until)) };
    if (trigger.kind === "waive") await waive(trigger, tasks, wiring.ports);
    await wiring.queue.send(tasks);
    return { request, ...(await awaitOutcomes(tasks, wiring, until)) };
  },
);

export const handler = fromProcess(createInvoke);
