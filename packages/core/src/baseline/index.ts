export type { Baseline, ControlId } from "./baseline.ts";
export { parseBaseline } from "./parse.ts";
export {
  isLogTarget,
  logTargetOf,
  type Settings,
  type SettingsOf,
  settingsFor,
} from "./settings.ts";
