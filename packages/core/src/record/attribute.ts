import type { Attribution } from "../model/attribution.ts";
import type { Facet } from "../model/facets.ts";
import type { ConfigChange } from "../model/trigger.ts";
import type { PastChange } from "./history.ts";

/**
 * For each control the latest call that changed something it reads: it made the bucket what it is.
 * Reads on only until every control has its answer.
 */
export async function attribute(
  reads: ReadonlyMap<string, readonly Facet[]>,
  changes: AsyncIterable<PastChange>,
): Promise<ReadonlyMap<string, Attribution>> {
  const found = new Map<string, Attribution>();
  let why = "CloudTrail shows no such call";
  for await (const past of changes) {
    if (past.kind === "end") {
      ({ why } = past);
      break;
    }
    for (const [control, facets] of reads) {
      if (!found.has(control) && isAbout(past.change, facets)) {
        found.set(control, attributionTo(past.change));
      }
    }
    if (found.size === reads.size) break;
  }
  const unknown: Attribution = { kind: "unknown", why };
  return new Map([...reads.keys()].map((control) => [control, found.get(control) ?? unknown]));
}

/** What a call on this bucket changed of another bucket's log target is no matter of this one. */
function isAbout({ touches }: ConfigChange, facets: readonly Facet[]): boolean {
  return (
    touches === "all" || facets.some((facet) => facet !== "logTarget" && touches.includes(facet))
  );
}

function attributionTo({ eventName, eventId, eventTime, actor }: ConfigChange): Attribution {
  return { kind: "known", eventName, eventId, eventTime, actor };
}
