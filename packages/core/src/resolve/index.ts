export type { Directory } from "./directory.ts";
export { type Field, followUp, resolve, taskOfChange, tasksAfter } from "./resolve.ts";
export type { TaskQueue } from "./task-queue.ts";
