import { applyPlan } from "./apply/index.ts";
import type { Settings } from "./baseline/index.ts";
import type { Plan, Receipt, Task } from "./model/index.ts";
import { readContext } from "./observe/index.ts";
import { beyondBudget } from "./plan/index.ts";
import { holds, type WriteBudget } from "./record/index.ts";
import { hasTimeToWrite } from "./settle.ts";
import type { Ports, Terms } from "./story.ts";

interface Occasion {
  readonly task: Task;
  readonly settings: Settings;
  readonly delivery: Pick<Terms, "endsAt">;
  /** What the writes of the plan are taken out of, all or none. */
  readonly budget?: Omit<WriteBudget, "writes">;
}

interface Written {
  /** Without the steps that the budget had no room for. */
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
}

/** Carries out a plan of a task, each step after its before-image is kept under that task. */
export async function write(
  plan: Plan,
  { task, settings, delivery, budget }: Occasion,
  ports: Ports,
): Promise<Written> {
  let untaken = budget && { ...budget, writes: plan.steps.length };
  const { receipts, refused } = await applyPlan(plan, {
    ...ports,
    reread: (document) => ports.reader.read(document, task.ref, readContext(settings)),
    keepBeforeImage: async (step, at) => {
      const image = { taskId: task.id, step, at };
      if (!(await ports.ledger.keepBeforeImage(image, untaken))) return "refused";
      untaken = undefined;
      return "kept";
    },
    holds: (step, now) => holds(step, { [step.document]: now }),
    hasTime: () => hasTimeToWrite(delivery, ports.clock),
  });
  if (budget === undefined || !refused) return { plan, receipts };
  return { plan: beyondBudget(plan, budget.perDay), receipts };
}
