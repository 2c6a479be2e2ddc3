import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { parseLookOrder } from "@bucket-warden/core/event";
import { workOffLooks } from "@bucket-warden/core/work-off-looks";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { createEdge, fromProcess } from "./edge.ts";
import { reportLooks } from "./look-report.ts";
import { lookingWith, mostAtOnce } from "./looking.ts";

/** Left for what comes after the last look: the queues and the ledger. */
const spareMilliseconds = 20_000;

/** Queue of looks → what is as it should be is done with, and the rest becomes tasks. It cannot write. */
export const createLook = createEdge<SQSEvent, SQSBatchResponse>((wiring) => {
  const { logger, environment } = wiring;
  const portsForOrder = lookingWith(wiring);
  return (event, context) => {
    const look = async ({ body }: SQSRecord): Promise<void> => {
      const order = parseLookOrder(body);
      const time = context.getRemainingTimeInMillis() - spareMilliseconds;
      const signal = AbortSignal.timeout(Math.max(0, time));
      const terms = { ...environment, most: mostAtOnce, signal };
      reportLooks(order, await workOffLooks(order, terms, portsForOrder()), wiring);
    };
    const processor = new BatchProcessor(EventType.SQS, { logger });
    const options = { context, throwOnFullBatchFailure: false };
    return processPartialResponse(event, look, processor, options);
  };
});

export const handler = fromProcess(createLook);
