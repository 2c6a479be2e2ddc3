export { createGate, type Gate, type GateOptions } from "./gate.ts";
export { laneOf } from "./lane.ts";
export { type Source, type SweepTerms, type Swept, sweep } from "./sweep.ts";
export { wasThrottled } from "./throttled.ts";
