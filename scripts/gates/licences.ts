import type { Violation } from "./gate.ts";

/** A package of the lockfile as it lies in `node_modules`. */
export interface InstalledPackage {
  /** The lockfile's key, such as `node_modules/zod`. */
  readonly path: string;
  /** Never part of what is shipped. */
  readonly dev: boolean;
  /** The field `license` of its package.json; undefined when it has none. */
  readonly licence: string | undefined;
}

/** Permissive licences that need no more than a notice. */
const permissive: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Python-2.0",
  "Unlicense",
]);

const neverAnywhere = /AGPL|BUSL|SSPL/i;

/** Finds licences that we cannot ship under Apache-2.0, or must not even build with. */
export function findBadLicences(packages: readonly InstalledPackage[]): readonly Violation[] {
  return packages
    .filter(({ dev, licence }) => (dev ? neverAnywhere.test(licence ?? "") : !mayShip(licence)))
    .map(({ path, licence }) => ({
      rule: "licence",
      at: path,
      message: licence === undefined ? "names no licence" : `has the licence ${licence}`,
    }));
}

/** The licence of a package.json, in the present form or in the two that npm has given up. */
export function licenceOf(manifest: unknown): string | undefined {
  if (typeof manifest !== "object" || manifest === null) return undefined;
  if ("license" in manifest) return nameOf(manifest.license);
  if ("licenses" in manifest && Array.isArray(manifest.licenses)) {
    const names = manifest.licenses.map(nameOf).filter((name) => name !== undefined);
    return names.length === 0 ? undefined : names.join(" OR ");
  }
  return undefined;
}

function nameOf(licence: unknown): string | undefined {
  if (typeof licence === "string") return licence;
  if (typeof licence !== "object" || licence === null || !("type" in licence)) return undefined;
  return typeof licence.type === "string" ? licence.type : undefined;
}

/** With `OR` one good licence is enough; anything else must be good as a whole. */
function mayShip(licence: string | undefined): boolean {
  if (licence === undefined) return false;
  return licence
    .replace(/^\((.*)\)$/, "$1")
    .split(" OR ")
    .some((name) => permissive.has(name.trim()));
}
