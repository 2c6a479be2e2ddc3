import { controls } from "@bucket-warden/core/controls";
import { isoTime } from "@bucket-warden/core/kernel";
import { parseAccountId } from "@bucket-warden/core/model";
import { resolve } from "@bucket-warden/core/resolve";
import { createEdge, fromProcess } from "./edge.ts";
import { count } from "./metric.ts";
import { fieldFor, queueAll, setGoing } from "./resolving.ts";

/** What a schedule sends; EventBridge fills in the account of the rule. */
export interface SweepEvent {
  readonly id?: string;
  readonly account?: string;
}

/** Schedule → one task for the account and for all in it: it catches what events missed. */
export const createSweep = createEdge<SweepEvent, { readonly tasks: number }>(
  (wiring) => async (event, context) => {
    const { queue, logger, metrics, ports } = wiring;
    const account = parseAccountId(
      event.account ?? context.invokedFunctionArn.split(":")[4] ?? "",
      "event.account",
    );
    const id = event.id ?? context.awsRequestId;
    // One bucket that always fails must not keep the others of its sweep waiting for ever.
    const left = await ports.ledger.surveys.begin({ account, sweepId: id }, isoTime(ports.clock));
    if (left !== undefined) await setGoing(left, wiring);
    const found = resolve({ kind: "sweep", id, account }, fieldFor(controls, wiring));
    const tasks = await queueAll(found, queue);
    count(metrics, "Sweeps");
    logger.info("sweep queued", { sweep: id, account, tasks });
    return { tasks };
  },
);

export const handler = fromProcess(createSweep);
