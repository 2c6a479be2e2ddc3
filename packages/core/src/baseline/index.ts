export type { Baseline, ControlId } from "./baseline.ts";
export { defaultMode, type Setting, settingsIn } from "./catalogue.ts";
export { parseBaseline } from "./parse.ts";
export {
  isLogTarget,
  logTargetOf,
  type Settings,
  type SettingsOf,
  settingsFor,
} from "./settings.ts";
