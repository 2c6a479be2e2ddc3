import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type InstalledPackage, licenceOf } from "./licences.ts";
import type { LockedPackage } from "./lockfile.ts";

/** The third-party packages of the lockfile, with the licences that lie in `node_modules`. */
export async function installedIn(
  root: string,
  locked: readonly LockedPackage[],
): Promise<readonly InstalledPackage[]> {
  const others = locked.filter(({ path, link }) => path.includes("node_modules/") && !link);
  const packages = await Promise.all(others.map((it) => readPackage(root, it)));
  return packages.filter((it) => it !== undefined);
}

/** Undefined for the optional packages of other platforms, which npm does not install here. */
async function readPackage(
  root: string,
  { path, dev, optional }: LockedPackage,
): Promise<InstalledPackage | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(root, path, "package.json"), "utf8"));
    return { path, dev, licence: licenceOf(manifest) };
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isMissing && optional) return undefined;
    throw new Error(`${path} is in the lockfile and cannot be read: run npm ci`, { cause: error });
  }
}
