import {
  type BucketName,
  type BucketRef,
  parseBucketName,
  type ResourceRef,
} from "../model/ref.ts";
import type { Baseline, ControlId } from "./baseline.ts";
import { fillIn } from "./template.ts";

/** The baseline as it applies to one resource: placeholders filled in. */
export interface Settings extends Baseline {
  /** The bucket that receives the access logs of this account and region, if the baseline has one. */
  readonly logTarget?: BucketName;
}

export type SettingsOf<Id extends ControlId> = Settings[Id];

/** Throws InputError when a filled-in template is not a legal name. */
export function settingsFor(baseline: Baseline, ref: ResourceRef): Settings {
  const fill = (template: string) => fillIn(template, ref);
  const { target, prefix, ...logging } = baseline["access-logging"];
  const { key, ...encryption } = baseline["default-encryption"];
  const filled: Baseline = {
    ...baseline,
    "default-encryption": key === undefined ? encryption : { ...encryption, key: fill(key) },
    "access-logging": {
      ...logging,
      prefix: fill(prefix),
      ...(target === undefined ? {} : { target: fill(target) }),
    },
  };
  const name = filled["access-logging"].target;
  if (name === undefined) return filled;
  return { ...filled, logTarget: parseBucketName(name, "baseline, access-logging.target") };
}

/** Whether the baseline sends access logs into this very bucket. */
export function isLogTarget(ref: ResourceRef, settings: Settings): boolean {
  return ref.kind === "bucket" && settings.logTarget === ref.name;
}

/** The ref of the log target: by S3's rules it shares account and region with its sources. */
export function logTargetOf(ref: BucketRef, settings: Settings): BucketRef | undefined {
  return settings.logTarget === undefined ? undefined : { ...ref, name: settings.logTarget };
}
