import type { LogTarget } from "../../model/facets.ts";
import type { BucketRef } from "../../model/ref.ts";
import type { ReadContext } from "../../observe/index.ts";
import type { Clients } from "../clients.ts";
import { askOnce, type FacetReader, known } from "./facet-reader.ts";
import { describeTarget } from "./log-target.ts";
import { policyReader } from "./policy.ts";

/**
 * The bucket itself as a receiver of access logs: because the baseline says so, or because its policy
 * names the service that delivers them. Nothing more is read of any other bucket.
 */
export const logReceiverReader: FacetReader<LogTarget> = {
  absent: "none",
  async ask(clients, on, context) {
    const receives =
      on.name === context.logTarget || (await namesLogDelivery(clients, on, context));
    return receives ? describeTarget(clients, on, context) : undefined;
  },
};

/** No grant is without this name; that a text with it is no grant shows later. */
async function namesLogDelivery(
  clients: Clients,
  on: BucketRef,
  context: ReadContext,
): Promise<boolean> {
  const ask = () => askOnce(policyReader, clients, on, context);
  const policy = await known(policyReader.absent, ask);
  return policy.state === "present" && policy.value.text.includes("logging.s3.amazonaws.com");
}
