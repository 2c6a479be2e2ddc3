import type { Settings, Trait, Traits } from "../baseline/index.ts";
import type { Facet, Readings } from "../model/facets.ts";
import type { ResourceRef } from "../model/ref.ts";
import type { ReadContext, Reader } from "./reader.ts";

interface View extends Pick<ReadContext, "logsAsOf" | "now"> {
  readonly facets: ReadonlySet<Facet>;
  readonly settings: Settings;
}

/** Reads the given facets of one resource, all at the same time. */
export async function observe(
  reader: Reader,
  on: ResourceRef,
  { facets, settings, ...times }: View,
): Promise<Readings> {
  const context = {
    ...readContext(settings),
    ...times,
    answers: new Map(),
  };
  const entries = await Promise.all(
    [...facets].map(async (facet) => [facet, await reader.read(facet, on, context)] as const),
  );
  return Object.fromEntries(entries);
}

/** Reads what scopes ask for, before anybody can tell which settings hold. */
export async function observeTraits(
  reader: Reader,
  on: ResourceRef,
  asked: ReadonlySet<Trait>,
): Promise<Traits> {
  const [tags, organizationalUnits] = await Promise.all([
    // Accounts have no tags that scopes could ask for.
    on.kind === "bucket" && asked.has("tags") ? reader.read("tags", on, {}) : undefined,
    asked.has("organizationalUnits") ? reader.read("organizationalUnits", on, {}) : undefined,
  ]);
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(organizationalUnits === undefined ? {} : { organizationalUnits }),
  };
}

/** Whether the resource itself is not there (any more). */
export function isGone(readings: Readings): boolean {
  return Object.values(readings).some((it) => it.state === "unknown" && it.reason === "gone");
}

/** What the baseline contributes to reading. */
export function readContext(settings: Settings): ReadContext {
  const { key } = settings["default-encryption"];
  const { logTarget } = settings;
  return {
    ...(key === undefined ? {} : { key }),
    ...(logTarget === undefined ? {} : { logTarget }),
  };
}
