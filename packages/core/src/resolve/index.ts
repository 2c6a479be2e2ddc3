export type { BucketPage, Directory } from "./directory.ts";
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
