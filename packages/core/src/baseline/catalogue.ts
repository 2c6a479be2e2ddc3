import * as z from "zod";
import type { ControlMode } from "../model/finding.ts";
import type { ControlId } from "./baseline.ts";
import { meanings } from "./meanings.ts";
import { controlsSchema } from "./parse.ts";

/** One setting of a control beside its mode, as people are told of it. */
export interface Setting {
  readonly name: string;
  readonly meaning: string;
  /** What may be given, in words, e.g. `a whole number from 1 to 604800`. */
  readonly values: string;
  /** Undefined where leaving it out means that there is none. */
  readonly default: unknown;
}

/** The settings of a control, in the order of the schema. */
export function settingsIn(id: ControlId): readonly Setting[] {
  const told = new Map(Object.entries<string>(meanings[id]));
  return membersOf(partOf(whole.properties?.[id] ?? {}))
    .filter(([name]) => name !== "mode")
    .map(([name, part]) => ({
      name,
      meaning: told.get(name) ?? "",
      values: valuesOf(part),
      default: part.default,
    }));
}

/** What the baseline does with a control that it does not name. */
export function defaultMode(id: ControlId): ControlMode {
  return controlsSchema.parse({})[id].mode;
}

type Part = z.core.JSONSchema.BaseSchema;

const whole = z.toJSONSchema(controlsSchema, { io: "input" });

function membersOf({ properties = {} }: Part): readonly (readonly [string, Part])[] {
  return Object.entries(properties).map(([name, part]) => [name, partOf(part)]);
}

/** JSON Schema lets a part be `true` or `false`, which ours never is. */
function partOf(part: Part | boolean): Part {
  return typeof part === "boolean" ? {} : part;
}

function valuesOf(part: Part): string {
  if (part.enum !== undefined) return part.enum.map((it) => `\`${String(it)}\``).join(", ");
  switch (part.type) {
    case "boolean":
      return "`true`, `false`";
    case "integer":
      return `a whole number from ${part.minimum} to ${part.maximum}`;
    case "array":
      return "a list of texts";
    case "object":
      return membersOf(part)
        .map(([name, inner]) => `\`${name}\` (${valuesOf(inner)})`)
        .join(" and ");
    default:
      return "a text";
  }
}
