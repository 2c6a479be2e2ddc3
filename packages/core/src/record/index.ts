export { whoCaused } from "./attribute.ts";
export { contestedControls, statesAfter } from "./contest.ts";
export { earlierWork } from "./earlier.ts";
export { isWorthRecording } from "./entry.ts";
export type { History, PastChange } from "./history.ts";
export type { BeforeImage, EarlierDeliveries, Ledger } from "./ledger.ts";
