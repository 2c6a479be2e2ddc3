import type { Violation } from "./gate.ts";

/** A package of the lockfile, ours or a third party's. */
export interface LockedPackage {
  /** The lockfile's key, such as `node_modules/zod`; empty for the root. */
  readonly path: string;
  /** A link from `node_modules` to one of our workspaces. */
  readonly link: boolean;
  /** Never part of what is shipped. */
  readonly dev: boolean;
  /** May be missing: another platform's. */
  readonly optional: boolean;
  /** The names of what it needs or would like to have. */
  readonly needs: readonly string[];
  /** npm would run a program of it when it is installed. */
  readonly runsAtInstall: boolean;
  /** The digest that what is downloaded must have. */
  readonly integrity: string | undefined;
}

/** Reads the packages of a lockfile; a text that is none has none. */
export function parseLockfile(text: string): readonly LockedPackage[] {
  return Object.entries(fieldsOf(fieldsOf(JSON.parse(text))["packages"])).map(([path, value]) => {
    const entry = fieldsOf(value);
    const needs = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((section) =>
      Object.keys(fieldsOf(entry[section])),
    );
    return {
      path,
      link: entry["link"] === true,
      dev: entry["dev"] === true,
      optional: entry["optional"] === true || entry["devOptional"] === true,
      needs,
      runsAtInstall: entry["hasInstallScript"] === true,
      integrity: typeof entry["integrity"] === "string" ? entry["integrity"] : undefined,
    };
  });
}

/**
 * Finds packages that others need and that the lockfile does not hold: `npm ci` refuses those. npm
 * writes such a lockfile when the registry of the moment does not serve every platform's package.
 */
export function findGaps(packages: readonly LockedPackage[]): readonly Violation[] {
  const paths = new Set(packages.map(({ path }) => path));
  return packages.flatMap(({ path, needs }) =>
    needs
      .filter((name) => !placesFor(name, path).some((place) => paths.has(place)))
      .map((name) => ({
        rule: "lockfile-gap",
        at: "package-lock.json",
        message: `${path === "" ? "the root" : path} needs ${name}, npm ci would refuse`,
      })),
  );
}

/**
 * Finds packages of which npm would take whatever the registry gives: every one that is installed has a
 * digest. Those of other platforms may be left out, since they are never installed here.
 */
export function findUnsealed(packages: readonly LockedPackage[]): readonly Violation[] {
  return packages
    .filter(({ path, link, optional }) => path.includes("node_modules/") && !link && !optional)
    .filter(({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""))
    .map(({ path }) => ({
      rule: "lockfile-integrity",
      at: "package-lock.json",
      message: `${path} has no SHA-512 digest`,
    }));
}

/** Where Node would look for a package: beside the one that needs it, then further out. */
function placesFor(name: string, from: string): readonly string[] {
  const outer = /^(.*?)\/?(?:node_modules\/(?:@[^/]+\/)?[^/]+|packages\/[^/]+)$/.exec(from)?.[1];
  const here = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  return outer === undefined ? [here] : [here, ...placesFor(name, outer)];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
