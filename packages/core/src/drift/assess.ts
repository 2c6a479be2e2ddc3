import type { Settings, Waivers } from "../baseline/index.ts";
import { type Control, controls } from "../controls/index.ts";
import type { Facet, Readings } from "../model/facets.ts";
import type { Finding } from "../model/finding.ts";
import type { ResourceRef } from "../model/ref.ts";
import type { Task } from "../model/trigger.ts";
import type { Assessment, UnreadFacet } from "../model/verdict.ts";
import { underWaivers } from "./waive.ts";

/**
 * The controls that a task asks to look at: those for its kind of resource, switched on, named if
 * any are, touched by the event.
 */
export function selectControls(task: Task, settings: Settings): readonly Control[] {
  return controls.filter(
    ({ id, target, needs }) =>
      target === task.ref.kind &&
      settings[id].mode !== "off" &&
      (task.controls === undefined || task.controls.includes(id)) &&
      (task.touches === "all" ||
        needs(task.ref, settings).some((facet) => task.touches.includes(facet))),
  );
}

/** What has to be read: what the controls look at, and every document that they may write. */
export function needsOf(
  selected: readonly Control[],
  { on, settings }: { readonly on: ResourceRef; readonly settings: Settings },
): ReadonlySet<Facet> {
  return new Set(selected.flatMap(({ needs, writes }) => [...needs(on, settings), ...writes]));
}

/** What the readings are judged by. */
export interface Terms {
  readonly on: ResourceRef;
  readonly settings: Settings;
  readonly waivers: Waivers;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What must be known before anybody can tell which settings hold. */
  readonly unsettled?: UnreadFacet;
}

/** Exactly one finding for each selected control. */
export function assess(
  selected: readonly Control[],
  readings: Readings,
  { on, settings, waivers, now, unsettled }: Terms,
): readonly Finding[] {
  return selected.flatMap((control): readonly Finding[] => {
    const { mode } = settings[control.id];
    if (mode === "off") return [];
    const found: Assessment =
      unsettled === undefined
        ? control.assess(readings, on, settings)
        : { kind: "unread", facets: [unsettled] };
    const assessment = underWaivers(found, waivers, { control: control.id, ref: on, now });
    return [{ control: control.id, mode, assessment }];
  });
}
