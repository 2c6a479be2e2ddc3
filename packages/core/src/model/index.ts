export type { AccessPoint } from "./access-point.ts";
export type { Alarm, AlarmEntry } from "./alarm.ts";
export type { Attribution } from "./attribution.ts";
export type { LedgerEntry } from "./entry.ts";
export {
  type AccountFacets,
  type Acl,
  type BucketFacets,
  type Cors,
  type CorsRule,
  type Encryption,
  type EncryptionKey,
  type Facet,
  type Facts,
  isFacet,
  type KeyState,
  type Logging,
  type LogTarget,
  type ObjectLock,
  type Ownership,
  type Period,
  type PolicyText,
  type PublicAccessBlock,
  type Readings,
  type Retention,
  type Tags,
  type Versioning,
  type WritableFacet,
} from "./facets.ts";
export type { Contest, ControlMode, Finding, FindingStates } from "./finding.ts";
export type { Intent } from "./intent.ts";
export type { Look } from "./look.ts";
export type { Due, LookOrder } from "./look-order.ts";
export type { NoticeKind, Severity } from "./news.ts";
export type { Outcome } from "./outcome.ts";
export {
  type Conflict,
  type Held,
  isRemoval,
  type Plan,
  type PlanStep,
  type RemovalStep,
  type WriteStep,
} from "./plan.ts";
export { absent, type Known, present, type Reading, valueIn } from "./reading.ts";
export type { Receipt, WrittenReceipt } from "./receipt.ts";
export {
  type AccountId,
  type AccountRef,
  type BucketName,
  type BucketRef,
  type Partition,
  parseAccountId,
  parseBucketName,
  parseRegion,
  partitionOf,
  type Region,
  type RegionRef,
  type ResourceKind,
  type ResourceRef,
  resourceId,
  resourceName,
} from "./ref.ts";
export {
  type SlackAsk,
  type SlackDeed,
  type SlackPlace,
  type SlackUser,
  slackUserName,
  waiverForm,
} from "./slack.ts";
export type {
  Actor,
  Cause,
  ConfigChange,
  ManualTrigger,
  Mode,
  PolicyClaim,
  Task,
  Trigger,
  UndoTrigger,
  WaiveTrigger,
} from "./trigger.ts";
export { type Allowance, type Assessment, seenIn, type UnreadFacet } from "./verdict.ts";
