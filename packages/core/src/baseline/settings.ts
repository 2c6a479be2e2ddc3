import {
  type BucketName,
  type BucketRef,
  parseBucketName,
  type ResourceRef,
  resourceName,
} from "../model/ref.ts";
import type { UnreadFacet } from "../model/verdict.ts";
import type { ControlId, Controls, Overrides } from "./baseline.ts";
import type { Baseline } from "./document.ts";
import { layered } from "./layers.ts";
import { problemsOfControls } from "./parse.ts";
import { errorOf } from "./problem.ts";
import { fits, type Scope, type Traits } from "./scope.ts";
import { fillIn, fillInPlace } from "./template.ts";

/** The baseline as it applies to one resource: scopes applied, defaults and placeholders filled in. */
export interface Settings extends Controls {
  /** The bucket that receives the access logs of this account and region, if the baseline has one. */
  readonly logTarget?: BucketName;
  /** What names of log files begin with there; `{bucket}` stands for whichever bucket logs. */
  readonly logPrefix: string;
}

export type SettingsOf<Id extends ControlId> = Settings[Id];

/** The scopes that match a resource, in their order, or what must be known before that can be told. */
export type Matching =
  | { readonly kind: "known"; readonly scopes: readonly Scope[] }
  | { readonly kind: "unknown"; readonly scope: string; readonly unread: UnreadFacet };

export function scopesFor(
  { scopes }: Pick<Baseline, "scopes">,
  ref: ResourceRef,
  traits: Traits,
): Matching {
  const matching: Scope[] = [];
  for (const scope of scopes) {
    const fit = fits(scope, ref, traits);
    if (typeof fit === "object") {
      return { kind: "unknown", scope: scope.name, unread: fit };
    }
    if (fit === "yes") matching.push(scope);
  }
  return { kind: "known", scopes: matching };
}

/**
 * What one resource shall look like under the scopes that match it. Throws InputError when a filled-in
 * template is not a legal name, or when the scopes together leave out what a setting needs.
 */
export function settingsFor(
  { everywhere }: Pick<Baseline, "everywhere">,
  ref: ResourceRef,
  scopes: readonly Scope[] = [],
): Settings {
  const { controls, problem } = checked(everywhere, scopes);
  if (problem !== undefined) throw errorOf(problem, `baseline for ${resourceName(ref)}`);
  const fill = (template: string) => fillIn(template, ref);
  const { target, prefix, ...logging } = controls["access-logging"];
  const { key, ...encryption } = controls["default-encryption"];
  const filled: Controls = {
    ...controls,
    "default-encryption": key === undefined ? encryption : { ...encryption, key: fill(key) },
    "access-logging": {
      ...logging,
      prefix: fill(prefix),
      ...(target === undefined ? {} : { target: fill(target) }),
    },
  };
  const settings = { ...filled, logPrefix: fillInPlace(prefix, ref) };
  const name = filled["access-logging"].target;
  if (name === undefined) return settings;
  return { ...settings, logTarget: parseBucketName(name, "baseline, access-logging.target") };
}

interface Checked {
  readonly controls: Controls;
  readonly problem: ReturnType<typeof problemsOfControls>[number] | undefined;
}

interface Known {
  readonly checked: Checked;
  /** By the scope that comes next. */
  readonly further: WeakMap<Scope, Known>;
}

const known = new WeakMap<Overrides, Known>();

/** Most resources of an account have the same scopes, so each combination is checked once. */
function checked(everywhere: Overrides, scopes: readonly Scope[]): Checked {
  let found = known.get(everywhere) ?? check(everywhere, []);
  known.set(everywhere, found);
  for (const [at, scope] of scopes.entries()) {
    const next = found.further.get(scope) ?? check(everywhere, scopes.slice(0, at + 1));
    found.further.set(scope, next);
    found = next;
  }
  return found.checked;
}

function check(everywhere: Overrides, scopes: readonly Scope[]): Known {
  const controls = layered(everywhere, scopes);
  const [problem] = problemsOfControls(controls);
  return { checked: { controls, problem }, further: new WeakMap() };
}

/** Whether the baseline sends access logs into this very bucket. */
export function isLogTarget(ref: ResourceRef, settings: Settings): boolean {
  return ref.kind === "bucket" && settings.logTarget === ref.name;
}

/** The ref of the log target: by S3's rules it shares account and region with its sources. */
export function logTargetOf(ref: BucketRef, settings: Settings): BucketRef | undefined {
  return settings.logTarget === undefined ? undefined : { ...ref, name: settings.logTarget };
}
