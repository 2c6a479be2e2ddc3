export type { BucketPage, Directory } from "./directory.ts";
export type { LookQueue } from "./look-queue.ts";
export {
  besideBuckets,
  type Field,
  followUp,
  resolve,
  taskOfChange,
  taskOfSweep,
  tasksAfter,
} from "./resolve.ts";
export type { TaskQueue } from "./task-queue.ts";
