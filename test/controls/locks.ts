import {
  type ObjectLock,
  type Period,
  present,
  type Retention,
} from "../../packages/core/src/model/index.ts";

export function retention(
  mode: Retention["mode"],
  count: number,
  unit: Period["unit"] = "days",
): Retention {
  return { mode, period: { unit, count } };
}

/** Object Lock that is on, with a default rule of these parts as S3 would answer it. */
export function lockOf(defaultRetention?: Retention, defaultEventHold?: Period) {
  const retained =
    defaultRetention === undefined
      ? {}
      : { Mode: defaultRetention.mode, ...inApi(defaultRetention.period) };
  const held = defaultEventHold === undefined ? {} : { DefaultEventHold: inApi(defaultEventHold) };
  const parts = { ...retained, ...held };
  const rule = Object.keys(parts).length === 0 ? {} : { Rule: { DefaultRetention: parts } };
  return present<ObjectLock>({
    ...(defaultRetention === undefined ? {} : { defaultRetention }),
    ...(defaultEventHold === undefined ? {} : { defaultEventHold }),
    configuration: { ObjectLockEnabled: "Enabled", ...rule },
  });
}

function inApi({ unit, count }: Period): object {
  return unit === "days" ? { Days: count } : { Years: count };
}
