export { type Applied, type ApplyPorts, applyPlan, type Keeping } from "./apply.ts";
export type { Stop, StopSwitch } from "./stop-switch.ts";
export type { WriteResult, Writer } from "./writer.ts";
