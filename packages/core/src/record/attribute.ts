import type { Attribution } from "../model/attribution.ts";
import type { Facet } from "../model/facets.ts";
import type { Finding } from "../model/finding.ts";
import type { ConfigChange, Task } from "../model/trigger.ts";
import type { History, PastChange } from "./history.ts";

/** What a reconcile found, and of which controls people are about to hear. */
interface News {
  readonly task: Task;
  readonly before: readonly Finding[];
  readonly told: readonly string[];
  /** By control, what it reads. */
  readonly reads: ReadonlyMap<string, readonly Facet[]>;
  /** ISO 8601; what happened later did not cause it. */
  readonly until: string;
}

/**
 * Who caused the drift that people are about to hear of, by control. An event brings its caller
 * along; for the rest CloudTrail is asked.
 */
export async function whoCaused(
  { task, before, told, reads, until }: News,
  history: History,
): Promise<(control: string) => { readonly who?: Attribution }> {
  const { cause, ref } = task;
  if (cause.kind === "event" || ref.kind !== "bucket") return () => ({});
  const drifted = before.filter(({ assessment }) => assessment.kind === "drift");
  const asked = new Set(drifted.map(({ control }) => control).filter((id) => told.includes(id)));
  if (asked.size === 0) return () => ({});
  const wanted = new Map([...reads].filter(([control]) => asked.has(control)));
  const found = await attribute(wanted, history.changesOf(ref, until));
  return (control) => {
    const who = found.get(control);
    return who === undefined ? {} : { who };
  };
}

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
