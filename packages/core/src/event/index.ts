export { type Received, receiveEvent, receiveRecord } from "./cloudtrail.ts";
export { recordsOf } from "./log-file.ts";
export { type ManualDefaults, parseManual } from "./manual.ts";
export { callsThatWake, type EventRule, eventRules } from "./pattern.ts";
export { parseQueued, printAlarm, type Queued } from "./queued.ts";
export { type OwnResources, parseOwnResources } from "./tamper/own-resources.ts";
export { printTask } from "./task.ts";
export { asksToUndo, parseUndo } from "./undo-request.ts";
export { asksToWaive, parseWaive } from "./waive-request.ts";
