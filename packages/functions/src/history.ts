import { historyOf, type PastWork } from "@bucket-warden/core/history";
import { parseAccountId, parseBucketName } from "@bucket-warden/core/model";
import { createEdge, fromProcess } from "./edge.ts";
import { parseHistoryRequest } from "./history-request.ts";

export interface History {
  /** Newest first. */
  readonly entries: readonly PastWork[];
}

/** A person → what was done about a bucket. It reads the ledger and nothing else. */
export const createHistory = createEdge<unknown, History>(
  ({ ports, environment: { region } }) =>
    async (event, { invokedFunctionArn }) => {
      const { bucket, account, most } = parseHistoryRequest(event);
      const own = invokedFunctionArn.split(":")[4] ?? "";
      const on = {
        kind: "bucket",
        name: parseBucketName(bucket, "request.bucket"),
        account: parseAccountId(account ?? own, "request.account"),
        region, // the ledger finds a bucket by its account and name
      } as const;
      return { entries: await historyOf(ports.ledger, on, most) };
    },
);

export const handler = fromProcess(createHistory);
