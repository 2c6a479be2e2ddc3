import { tellDigest } from "@bucket-warden/core/digest";
import { createEdge, fromProcess } from "./edge.ts";

/** Schedule, each day → what is open, what the day brought and what could not be delivered, in one message. */
export const createDigest = createEdge<unknown, { readonly title: string }>(
  ({ environment: { baseline }, outbox, ports: { ledger, clock }, delivery, logger }) =>
    async () => {
      const { terms, carriers } = delivery;
      const { title } = await tellDigest(terms, baseline, { outbox, ledger, carriers, clock });
      logger.info("digest told", { title });
      return { title };
    },
);

export const handler = fromProcess(createDigest);
