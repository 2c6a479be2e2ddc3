import { type Baseline, parseBaseline } from "@bucket-warden/core/baseline";
import { controls } from "@bucket-warden/core/controls";
import { type Access, accessUnder } from "@bucket-warden/core/iam";
import { type Names, namesOf } from "./names.ts";
import { type Settings, settingsOf } from "./settings.ts";
import { stages } from "./stages.ts";

/** One deployment: what was asked for, and the names that follow from it. */
export interface Stage {
  readonly settings: Settings;
  readonly baseline: Baseline;
  readonly access: Access;
  readonly names: Names;
}

/** The stage of this name. Throws InputError when there is none or its settings are wrong. */
export function stageNamed(name: string): Stage {
  const settings = settingsOf(stages, name);
  const baseline = parseBaseline(settings.baseline, `stages.${name}.baseline`);
  const { removesPolicies } = settings;
  return {
    settings,
    baseline,
    access: accessUnder(baseline, controls, { removesPolicies }),
    names: namesOf(name, settings),
  };
}
