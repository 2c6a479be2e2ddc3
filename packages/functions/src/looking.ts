import { createClients, createReader, isThrottling, shareAnswers } from "@bucket-warden/core/aws";
import { createGate, laneOf } from "@bucket-warden/core/sweep";
import type { LookingPorts } from "@bucket-warden/core/work-off-looks";
import { setGoing } from "./resolving.ts";
import { clock, type Wiring } from "./wiring.ts";

/** Requests in flight: with more of them the share of a core that the function has would be too little. */
export const mostAtOnce = 16;

/** Longer than an order takes, so that nothing is asked twice for one. */
const sharing = { clock, keepMilliseconds: 5 * 60_000, most: 1_000 };

/**
 * Makes what each order is worked off with. The limits that accounts showed are remembered from order to
 * order; what is the same for many buckets is asked anew for each, so that no look is older than its order.
 */
export function lookingWith(wiring: Wiring): () => LookingPorts {
  const { environment, ports, queue, looks } = wiring;
  const gate = createGate({ most: mostAtOnce, isThrottled: isThrottling });
  const clients = createClients({
    ...environment,
    around: (at, attempt) => gate.pass(laneOf(at), attempt),
  });
  const lasting = { gate, queue, looks, ledger: ports.ledger, clock };
  return () => ({
    ...lasting,
    reader: createReader(clients, shareAnswers(sharing)),
    setGoing: (survey) => setGoing(survey, wiring),
  });
}
