import { type Baseline, parseBaseline } from "@bucket-warden/core/baseline";
import { type Names, namesOf } from "./names.ts";
import { type Settings, settingsOf } from "./settings.ts";
import { stages } from "./stages.ts";

/** One deployment: what was asked for, and the names that follow from it. */
export interface Stage {
  readonly settings: Settings;
  readonly baseline: Baseline;
  readonly names: Names;
}

/** The stage of this name. Throws InputError when there is none or its settings are wrong. */
export function stageNamed(name: string): Stage {
  const settings = settingsOf(stages, name);
  return {
    settings,
    baseline: parseBaseline(settings.baseline, `stages.${name}.baseline`),
    names: namesOf(name, settings),
  };
}
