export { type ApplyPorts, applyPlan } from "./apply.ts";
export type { WriteResult, Writer } from "./writer.ts";
