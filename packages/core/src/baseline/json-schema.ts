import * as z from "zod";
import type { ControlId } from "./baseline.ts";
import { defaultMode, settingsIn } from "./catalogue.ts";
import { documentSchema } from "./document.ts";
import { controlIds } from "./layers.ts";
import { waiverSchema } from "./waiver.ts";

type Part = z.core.JSONSchema.BaseSchema;

/**
 * What a baseline file may hold, for editors: JSON Schema with the meaning and the default of each
 * setting. `parseBaseline` checks more, e.g. what one setting needs of another.
 */
export function baselineJsonSchema(): object {
  const waivers = z.array(waiverSchema(controlIds)).describe(meanings.waivers).optional();
  const whole = z.toJSONSchema(documentSchema.extend({ waivers }), { io: "input" });
  const properties = explained(whole.properties ?? {});
  const scopes = partOf(properties["scopes"]);
  return {
    ...whole,
    title: "Baseline of the Bucket Warden",
    properties: {
      ...properties,
      scopes: { ...scopes, description: meanings.scopes, items: scopeOf(partOf(scopes.items)) },
      limits: { ...partOf(properties["limits"]), description: meanings.limits },
      notifications: {
        ...partOf(properties["notifications"]),
        description: meanings.notifications,
      },
    },
  };
}

const meanings = {
  scopes: "other settings for some buckets; the first that matches and gives a setting decides it",
  waivers: "drift that a person accepts for some time",
  limits: "how far people and the Warden may go",
  notifications: "who is told what, where and when",
};

function scopeOf(scope: Part): Part {
  const settings = partOf(scope.properties?.["settings"]);
  const shown = { ...settings, properties: explained(settings.properties ?? {}) };
  return { ...scope, properties: { ...scope.properties, settings: shown } };
}

type Properties = NonNullable<Part["properties"]>;

/** The settings of controls with what they mean; everything else as it is. */
function explained(properties: Properties): Properties {
  const entries = Object.entries(properties).map(([name, part]) => {
    const id = controlIds.find((it) => it === name);
    return [name, id === undefined ? part : explainedControl(id, partOf(part))] as const;
  });
  return Object.fromEntries(entries);
}

function explainedControl(id: ControlId, control: Part): Part {
  const told = new Map<string, Part>([
    ["mode", { description: "what happens on drift", default: defaultMode(id) }],
    ...settingsIn(id).map(({ name, meaning, default: otherwise }): [string, Part] => [
      name,
      otherwise === undefined
        ? { description: meaning }
        : { description: meaning, default: jsonOf(otherwise) },
    ]),
  ]);
  const settings = Object.entries(control.properties ?? {}).map(([name, setting]) => {
    return [name, { ...partOf(setting), ...told.get(name) }] as const;
  });
  return { ...control, properties: Object.fromEntries(settings) };
}

/** Defaults are written down as JSON. */
function jsonOf(value: unknown): NonNullable<Part["default"]> {
  return JSON.parse(JSON.stringify(value));
}

/** JSON Schema lets a part be `true`, `false` or a list, which ours never is. */
function partOf(part: Part["items"] | Properties[string]): Part {
  return typeof part === "object" && !Array.isArray(part) ? part : {};
}
