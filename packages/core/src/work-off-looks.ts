import type { Standard } from "./baseline/index.ts";
import { isoTime } from "./kernel/index.ts";
import { type LookedOver, type LookOverPorts, lookOver } from "./look-over.ts";
import { type Due, type LookOrder, type ResourceRef, resourceId } from "./model/index.ts";
import type { Ledger, Survey } from "./record/index.ts";
import { type LookQueue, type TaskQueue, taskOfSweep } from "./resolve/index.ts";
import { type Gate, sweep, wasThrottled } from "./sweep/index.ts";

export { lookOver } from "./look-over.ts";

export interface LookingTerms extends Standard {
  /** How many looks are under way, at most. */
  readonly most: number;
  /** Ends the looking: what is not looked at by then is left over. */
  readonly signal: AbortSignal;
}

export interface LookingPorts extends LookOverPorts {
  /** Through which the reader makes its requests. */
  readonly gate: Pick<Gate, "limitOf">;
  readonly ledger: LookOverPorts["ledger"] & Pick<Ledger, "surveys">;
  readonly queue: Pick<TaskQueue, "send">;
  readonly looks: LookQueue;
  /** Has a survey that is complete do what it came to. */
  readonly setGoing: (survey: Survey) => Promise<void>;
}

/** How the looks of an order ended. */
export interface LooksEnd {
  /** Looked at, with nothing to do. */
  readonly settled: readonly Due[];
  /** Handed to the queue of tasks, behind which all writing happens. */
  readonly forwarded: readonly Due[];
  /** Not looked at in time, and queued anew. */
  readonly left: readonly Due[];
}

/**
 * Looks at all that an order names. What is settled needs no more; anything else becomes the task that a
 * sweep has for it. An order that is delivered again may find other things, and what it repeats is known by
 * its id. Throws when a queue or the ledger takes nothing.
 */
export async function workOffLooks(
  order: LookOrder,
  terms: LookingTerms,
  ports: LookingPorts,
): Promise<LooksEnd> {
  const looked = await lookAtAll(order, terms, ports);
  const settled = order.looks.filter((due) => looked.get(resourceId(due.ref)) === true);
  const open = order.looks.filter((due) => looked.get(resourceId(due.ref)) === false);
  const unseen = order.looks.filter((due) => !looked.has(resourceId(due.ref)));
  // What fills a whole run would fill the next one too; a task knows how to wait.
  const [forwarded, left] = looked.size === 0 ? [unseen, []] : [open, unseen];
  const isSurveyed = order.survey === true;
  await ports.queue.send(forwarded.map((due) => taskOfSweep(due, order.sweepId, isSurveyed)));
  if (left.length > 0) await ports.looks.send([{ ...order, looks: left }]);
  if (isSurveyed) await noteAll(settled, order, ports);
  return { settled, forwarded, left };
}

/** Whether it is settled, of each resource that was looked at, by its id. */
async function lookAtAll(
  { account, sweepId, looks }: LookOrder,
  { most, signal, ...standard }: LookingTerms,
  ports: LookingPorts,
): Promise<ReadonlyMap<string, boolean>> {
  const touches = new Map(looks.map((due) => [resourceId(due.ref), due.touches]));
  const look = async (ref: ResourceRef): Promise<LookedOver> => {
    const due = { ref, touches: touches.get(resourceId(ref)) ?? "all" };
    try {
      return await lookOver(taskOfSweep(due, sweepId, false), standard, ports);
    } catch {
      // The task fails in the same way, is tried again, and is kept for people where that does not help.
      return { on: ref, findings: [], isSettled: false };
    }
  };
  const { gate, clock } = ports;
  const terms = { most, signal, look, isThrottled: wasThrottled, gate, clock };
  const looked = new Map<string, boolean>();
  for await (const answer of sweep([{ account, resources: each(looks) }], terms)) {
    if (answer.kind !== "looked") continue;
    looked.set(resourceId(answer.look.on), answer.look.isSettled);
  }
  return looked;
}

async function* each(dues: readonly Due[]): AsyncGenerator<ResourceRef, void> {
  for (const { ref } of dues) yield ref;
}

/** Notes that these would not be written; the last look of a sweep says what now. */
async function noteAll(
  settled: readonly Due[],
  { account, sweepId }: LookOrder,
  { ledger, setGoing, clock }: LookingPorts,
): Promise<void> {
  const look = { sweep: { account, sweepId }, writes: false, at: isoTime(clock) };
  const surveys = await Promise.all(
    settled.map(async ({ ref: on }) =>
      on.kind === "bucket" ? ledger.surveys.note({ ...look, on }) : undefined,
    ),
  );
  // Those who note last at the same time all learn the same.
  const complete = surveys.find((survey) => survey !== undefined);
  if (complete !== undefined) await setGoing(complete);
}
