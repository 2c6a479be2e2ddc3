import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type InstalledPackage, licenceOf } from "./licences.ts";

interface Locked {
  readonly path: string;
  readonly dev: boolean;
  readonly optional: boolean;
}

/** What the lockfile asks for, with the licences that lie in `node_modules`. */
export async function installedIn(root: string): Promise<readonly InstalledPackage[]> {
  const locked = parseLockfile(await readFile(join(root, "package-lock.json"), "utf8"));
  const packages = await Promise.all(locked.map((it) => readPackage(root, it)));
  return packages.filter((it) => it !== undefined);
}

/** The third-party packages of a lockfile. Links to our own workspaces are not among them. */
export function parseLockfile(text: string): readonly Locked[] {
  const json: unknown = JSON.parse(text);
  if (typeof json !== "object" || json === null || !("packages" in json)) return [];
  return Object.entries(json.packages ?? {}).flatMap(([path, entry]: [string, unknown]) => {
    if (!path.includes("node_modules/") || isSet(entry, "link")) return [];
    const either = isSet(entry, "devOptional");
    return [{ path, dev: isSet(entry, "dev"), optional: either || isSet(entry, "optional") }];
  });
}

/** Undefined for the optional packages of other platforms, which npm does not install here. */
async function readPackage(root: string, locked: Locked): Promise<InstalledPackage | undefined> {
  const { path, dev, optional } = locked;
  try {
    const manifest: unknown = JSON.parse(await readFile(join(root, path, "package.json"), "utf8"));
    return { path, dev, licence: licenceOf(manifest) };
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isMissing && optional) return undefined;
    throw new Error(`${path} is in the lockfile and cannot be read: run npm ci`, { cause: error });
  }
}

function isSet(entry: unknown, flag: string): boolean {
  return (
    typeof entry === "object" &&
    entry !== null &&
    Object.entries(entry).some(([name, value]) => name === flag && value === true)
  );
}
