import { controls, targetsOf } from "@bucket-warden/core/controls";
import type { Task } from "@bucket-warden/core/model";
import { parseAccountId } from "@bucket-warden/core/model";
import { resolve } from "@bucket-warden/core/resolve";
import { createEdge, fromProcess } from "./edge.ts";

/** What a schedule sends; EventBridge fills in the account of the rule. */
export interface SweepEvent {
  readonly id?: string;
  readonly account?: string;
}

/** Schedule → one task for the account and for all in it: it catches what events missed. */
export const createSweep = createEdge<SweepEvent, { readonly tasks: number }>(
  ({ queue, directory, logger }) =>
    async (event, context) => {
      const account = parseAccountId(
        event.account ?? context.invokedFunctionArn.split(":")[4] ?? "",
        "event.account",
      );
      const id = event.id ?? context.awsRequestId;
      const field = { directory, kinds: targetsOf(controls) };
      let batch: Task[] = [];
      let tasks = 0;
      for await (const task of resolve({ kind: "sweep", id, account }, field)) {
        batch.push(task);
        tasks += 1;
        if (batch.length < 10) continue;
        await queue.send(batch);
        batch = [];
      }
      await queue.send(batch);
      logger.info("sweep queued", { sweep: id, account, tasks });
      return { tasks };
    },
);

export const handler = fromProcess(createSweep);
