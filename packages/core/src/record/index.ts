export { whoCaused } from "./attribute.ts";
export { contestedControls, statesAfter } from "./contest.ts";
export { dueOf, type Trust } from "./due.ts";
export { earlierWork, foundAtFirst } from "./earlier.ts";
export { isWorthRecording } from "./entry.ts";
export type { History, PastChange } from "./history.ts";
export { holds } from "./holds.ts";
export type {
  Addition,
  Archive,
  BeforeImage,
  EarlierDeliveries,
  Ledger,
  PinnedWaiver,
  Table,
  TableRecord,
  ToldOf,
  WriteBudget,
} from "./ledger.ts";
export { ledgerIn } from "./ledger-in.ts";
export type { Looks, Memory, SettledLook } from "./looks.ts";
export { type OverwrittenEdit, overwrittenEdit } from "./overwritten.ts";
export { ended, waiverFor, waiverGiven, writtenIn } from "./pin.ts";
export { keepStanding } from "./standing.ts";
export type { Survey } from "./survey.ts";
export type { SweepRun, Sweeps } from "./sweeps.ts";
export { sweepsIn } from "./sweeps-in.ts";
