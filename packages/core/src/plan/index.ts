export { withinBudget } from "./budget.ts";
export { buildPlan, type Guards } from "./build.ts";
export type { AccessLogs, LogFile, RecentLogs } from "./callers/access-logs.ts";
export { withCallers } from "./callers/with-callers.ts";
export { withEdit } from "./edit.ts";
export { asPlanned, movedSince, planName } from "./planned.ts";
export { conflictLines, diffOf, diffOfPolicies } from "./render.ts";
export { unlessStopped } from "./stopped.ts";
export { documentsOf, planUndo } from "./undo.ts";
