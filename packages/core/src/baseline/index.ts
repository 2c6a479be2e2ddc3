export type { ControlId, Controls } from "./baseline.ts";
export { defaultMode, type Setting, settingsIn } from "./catalogue.ts";
export { type BaselineInput, defineBaseline } from "./define.ts";
export { type Baseline, baselineProblems, parseBaseline } from "./document.ts";
export { baselineJsonSchema } from "./json-schema.ts";
export { controlIds, layersOf, type Origin, originsOf } from "./layers.ts";
export type { Limits } from "./limits.ts";
export type { Notifications, QuietHours, Route, Target } from "./notifications.ts";
export { leavesOut, printOf, type Standard } from "./print.ts";
export type { Problem } from "./problem.ts";
export { type Scope, type Trait, type Traits, traitsAskedFor } from "./scope.ts";
export {
  isLogTarget,
  logTargetOf,
  type Settings,
  type SettingsOf,
  scopesFor,
  settingsFor,
} from "./settings.ts";
export { fillInBucket } from "./template.ts";
export {
  type Cover,
  coverOf,
  endOf,
  type InvalidWaiver,
  nearingDays,
  nextTurn,
  type Waiver,
  type Waivers,
  waiversOn,
} from "./waiver.ts";
