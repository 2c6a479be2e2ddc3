import { applyPlan } from "./apply/index.ts";
import type { Settings } from "./baseline/index.ts";
import type { Plan, Receipt, Task } from "./model/index.ts";
import { readContext } from "./observe/index.ts";
import { holds } from "./record/index.ts";
import type { Ports } from "./story.ts";

/** Carries out a plan of a task, each step after its before-image is kept under that task. */
export function write(
  plan: Plan,
  { task, settings }: { readonly task: Task; readonly settings: Settings },
  ports: Ports,
): Promise<readonly Receipt[]> {
  return applyPlan(plan, {
    ...ports,
    reread: (document) => ports.reader.read(document, task.ref, readContext(settings)),
    keepBeforeImage: (step, at) => ports.ledger.keepBeforeImage({ taskId: task.id, step, at }),
    holds: (step, now) => holds(step, { [step.document]: now }),
  });
}
