export type { Call, ServiceName } from "./call.ts";
export type { CallLog, ServedCall } from "./calls.ts";
export { type Bus, type BusEvent, createBus, type Disorder, type Rule } from "./event-bus/bus.ts";
export { type EventPattern, matchesPattern, parsePattern } from "./event-bus/pattern.ts";
export type { Fault, FaultKind, Faults } from "./faults.ts";
export {
  type FunctionSettings,
  invokeLambda,
  type LambdaContext,
  type LambdaHandler,
  TaskTimedOut,
} from "./lambda/host.ts";
export {
  type QueuePoller,
  type QueuePollerOptions,
  startQueuePoller,
} from "./lambda/queue-poller.ts";
export type { SqsEvent, SqsRecord } from "./lambda/sqs-event.ts";
export { configure } from "./s3/configure.ts";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
export type { CloudTrailRecord } from "./trail/cloudtrail-record.ts";
export type { World } from "./world.ts";
