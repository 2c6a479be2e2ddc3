import type { ControlId, Controls, Overrides } from "./baseline.ts";
import { completed, controlsSchema } from "./parse.ts";
import type { Scope } from "./scope.ts";

/** The ids of all controls, in the order in which a baseline lists them. */
// The schema has a member for each of them and no other.
export const controlIds = Object.keys(controlsSchema.shape) as readonly ControlId[];

/**
 * The settings under the given scopes, in their order: of those that give a setting the first one
 * decides it, then what is written for every bucket, then the default.
 */
export function layered(everywhere: Overrides, scopes: readonly Scope[]): Controls {
  return completed(merged([...scopes.map(({ settings }) => settings), everywhere]));
}

function merged(layers: readonly Overrides[]): Overrides {
  const lowestFirst = layers.toReversed();
  return Object.fromEntries(
    controlIds.map((id) => [id, Object.assign({}, ...lowestFirst.map((layer) => layer[id]))]),
  );
}

/** Where a setting comes from: the name of a scope, or one of these two. */
export interface Origin {
  readonly control: ControlId;
  readonly setting: string;
  readonly value: unknown;
  readonly from:
    | { readonly kind: "scope"; readonly name: string }
    | { readonly kind: "everywhere" }
    | { readonly kind: "default" };
}

/** Every setting under the given scopes with the place that decided it. */
export function originsOf(
  { everywhere }: { readonly everywhere: Overrides },
  scopes: readonly Scope[],
): readonly Origin[] {
  const controls = layered(everywhere, scopes);
  return controlIds.flatMap((control) =>
    Object.entries(controls[control]).map(([setting, value]): Origin => {
      const from = giverOf(control, setting, everywhere, scopes);
      return { control, setting, value, from };
    }),
  );
}

function giverOf(
  control: ControlId,
  setting: string,
  everywhere: Overrides,
  scopes: readonly Scope[],
): Origin["from"] {
  const gives = (layer: Overrides) => Object.hasOwn(layer[control] ?? {}, setting);
  const scope = scopes.find(({ settings }) => gives(settings));
  if (scope !== undefined) return { kind: "scope", name: scope.name };
  return { kind: gives(everywhere) ? "everywhere" : "default" };
}

/** What is written for every resource, and what it becomes under each scope: some of it holds nowhere. */
export function layersOf({
  everywhere,
  scopes,
}: {
  readonly everywhere: Overrides;
  readonly scopes: readonly Scope[];
}): readonly Controls[] {
  return [layered(everywhere, []), ...scopes.map((scope) => layered(everywhere, [scope]))];
}
