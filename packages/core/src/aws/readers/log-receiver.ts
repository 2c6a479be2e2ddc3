import type { LogTarget } from "../../model/facets.ts";
import type { BucketRef } from "../../model/ref.ts";
import type { Clients } from "../clients.ts";
import { type FacetReader, known } from "./facet-reader.ts";
import { describeTarget } from "./log-target.ts";
import { policyReader } from "./policy.ts";

/**
 * The bucket itself as a receiver of access logs: because the baseline says so, or because its policy
 * names the service that delivers them. Nothing more is read of any other bucket.
 */
export const logReceiverReader: FacetReader<LogTarget> = {
  absent: "none",
  async ask(clients, on, { logTarget }) {
    const receives = on.name === logTarget || (await namesLogDelivery(clients, on));
    return receives ? describeTarget(clients, on) : undefined;
  },
};

/** No grant is without this name; that a text with it is no grant shows later. */
async function namesLogDelivery(clients: Clients, on: BucketRef): Promise<boolean> {
  const { absent, ask } = policyReader;
  const policy = await known(absent, () => ask(clients, on, {}));
  return policy.state === "present" && policy.value.text.includes("logging.s3.amazonaws.com");
}
