import { follow, type Push, slackMemoryIn } from "@bucket-warden/core/slack";
import { createEdge, fromProcess } from "./edge.ts";
import { patiently } from "./slack/busy.ts";
import { deskOf } from "./slack/wiring.ts";
import { begin } from "./slack/work.ts";

/**
 * A push on a button → a task of the queue, as by hand, and what came of it under the message.
 * `slack-action` starts it and does not wait; doing it twice is doing it once.
 */
export const createSlackWork = createEdge<Push, void>((wiring) => {
  const openDesk = deskOf(wiring);
  const memory = slackMemoryIn(wiring.table);
  return async (push, context) => {
    const { clock, ledger } = wiring.ports;
    const end = clock.now() + context.getRemainingTimeInMillis();
    // The work first: it is done also while Slack is away.
    const begun = await begin(push, context, wiring);
    const desk = await openDesk();
    const board = {
      update: (...message: Parameters<typeof desk.update>) =>
        patiently(() => desk.update(...message), { clock, until: end - 2_000 }),
    };
    const ports = { board, memory, ledger, clock };
    // Enough is left to say that it takes longer.
    const outcome = await follow({ ...push, begun, until: end - 15_000 }, ports);
    wiring.logger.info("told Slack what came of it", { push: push.press.id, outcome });
  };
});

export const handler = fromProcess(createSlackWork);
