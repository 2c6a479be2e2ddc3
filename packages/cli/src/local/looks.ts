import { isThrottling } from "@bucket-warden/core/aws";
import { type Look, type ResourceRef, resourceId, type Task } from "@bucket-warden/core/model";
import { type LookPorts, lookAt, type Terms } from "@bucket-warden/core/reconcile";
import { createGate, type Gate, sweep, wasThrottled } from "@bucket-warden/core/sweep";
import { clock } from "./surroundings.ts";

/** How many requests may be in flight, as for a scan. */
const most = 64;

export function newGate(): Gate {
  return createGate({ most, isThrottled: isThrottling });
}

interface Desk {
  readonly terms: Terms;
  readonly ports: LookPorts;
  /** Through which the requests of the ports go. */
  readonly gate: Gate;
  readonly signal: AbortSignal;
}

/**
 * Looks at the resource of every task, as many at a time as the account takes, and answers in the order of
 * the tasks. Once the signal came, what was not looked at is left out.
 */
export async function looksAt(
  tasks: readonly Task[],
  { terms, ports, gate, signal }: Desk,
): Promise<readonly Look[]> {
  const taskOf = new Map(tasks.map((task) => [resourceId(task.ref), task]));
  const look = (on: ResourceRef) => {
    const task = taskOf.get(resourceId(on));
    if (task === undefined) throw new Error(`nobody asked for ${resourceId(on)}`);
    return lookAt(task, terms, ports);
  };
  const accounts = Map.groupBy(taskOf.values(), ({ ref }) => ref.account);
  const sources = [...accounts].map(([account, some]) => ({ account, resources: refsOf(some) }));
  const looks = new Map<string, Look>();
  const limits = { gate, most, clock, signal };
  for await (const seen of sweep(sources, { look, isThrottled: wasThrottled, ...limits })) {
    if (seen.kind === "looked") looks.set(resourceId(seen.look.on), seen.look);
  }
  return [...taskOf.keys()].flatMap((id) => looks.get(id) ?? []);
}

async function* refsOf(tasks: readonly Task[]): AsyncGenerator<ResourceRef, void> {
  for (const { ref } of tasks) yield ref;
}
