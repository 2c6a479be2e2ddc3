import type { Violation } from "./gate.ts";
import type { LockedPackage } from "./lockfile.ts";

/** The names under `allowScripts` of a package.json that are allowed, and what else stands there. */
export function allowedScripts(manifest: string): readonly string[] {
  const json: unknown = JSON.parse(manifest);
  if (typeof json !== "object" || json === null || !("allowScripts" in json)) return [];
  const { allowScripts } = json;
  if (typeof allowScripts !== "object" || allowScripts === null) return [];
  return Object.entries(allowScripts).flatMap(([name, isAllowed]) =>
    isAllowed === true ? [name] : [],
  );
}

/**
 * Finds packages that would run a program on the machine of whoever installs them and are not allowed
 * to, and allowances that nothing needs (any more): the next version of a package could use them.
 */
export function findInstallScripts(
  packages: readonly LockedPackage[],
  allowed: readonly string[],
): readonly Violation[] {
  const running = packages.filter(({ runsAtInstall }) => runsAtInstall);
  const names = new Set(running.map(({ path }) => nameOf(path)));
  const rule = "install-script";
  return [
    ...running
      .filter(({ path }) => !allowed.includes(nameOf(path)))
      .map(({ path }) => ({
        rule,
        at: "package-lock.json",
        message: `${path} runs a program when it is installed; allowScripts does not name it`,
      })),
    ...allowed
      .filter((name) => !names.has(name))
      .map((name) => ({
        rule,
        at: "package.json",
        message: `allowScripts names ${name}, which runs nothing`,
      })),
  ];
}

/** `node_modules/a/node_modules/@x/b` is the package `@x/b`. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}
