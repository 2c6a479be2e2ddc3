import type { Alarm } from "../model/alarm.ts";
import type { Task } from "../model/trigger.ts";

/** Where tasks wait, one group for each resource. A port: throws unless every task was taken. */
export interface TaskQueue {
  readonly send: (tasks: readonly Task[]) => Promise<void>;
  /** Alarms wait in a group of their own for each account, so that no bucket holds one up. */
  readonly raise: (alarm: Alarm) => Promise<void>;
  /** Lets a delivered task be delivered again after `seconds`; `receipt` names the delivery. */
  readonly returnAfter: (receipt: string, seconds: number) => Promise<void>;
}
