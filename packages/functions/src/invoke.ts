import { start, workFor } from "./asked.ts";
import { awaitOutcomes, planAll, type Results } from "./by-hand.ts";
import { createEdge, fromProcess } from "./edge.ts";

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
    const work = await workFor(event, context, wiring);
    const { trigger, tasks } = work;
    const until = wiring.ports.clock.now() + context.getRemainingTimeInMillis() - 2_000;
    if (trigger.mode === "plan") return { request, ...(await planAll(tasks, wiring, until)) };
    await start(work, wiring);
    return { request, ...(await awaitOutcomes(tasks, wiring, until)) };
  },
);

export const handler = fromProcess(createInvoke);
