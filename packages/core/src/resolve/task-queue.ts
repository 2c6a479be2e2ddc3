import type { Task } from "../model/trigger.ts";

/** Where tasks wait, one group for each resource. A port: throws unless every task was taken. */
export interface TaskQueue {
  readonly send: (tasks: readonly Task[]) => Promise<void>;
  /** Lets a delivered task be delivered again after `seconds`; `receipt` names the delivery. */
  readonly returnAfter: (receipt: string, seconds: number) => Promise<void>;
}
