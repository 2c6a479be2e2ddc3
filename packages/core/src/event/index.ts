export { type Received, receiveEvent, receiveRecord } from "./cloudtrail.ts";
export { recordsOf } from "./log-file.ts";
export { type ManualDefaults, parseManual } from "./manual.ts";
export { type EventPattern, eventPattern } from "./pattern.ts";
export { parseTask, printTask } from "./task.ts";
export { eventNamesFor } from "./touched.ts";
