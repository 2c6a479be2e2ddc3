export type { Call, ServiceName } from "./call.ts";
export type { CallLog, ServedCall } from "./calls.ts";
export type { Bus, BusEvent, Disorder, Rule } from "./event-bus/bus.ts";
export type { Fault, FaultKind, Faults } from "./faults.ts";
export { configure } from "./s3/configure.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
export type { CloudTrailRecord } from "./trail/cloudtrail-record.ts";
export type { ForeignCall } from "./trail/foreign-call.ts";
export type { World } from "./world.ts";
