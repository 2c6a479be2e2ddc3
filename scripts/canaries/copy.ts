import { copyFile, mkdir, mkdtemp, readdir, realpath, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inLanes } from "../gates/lanes.ts";

/** An empty folder outside the repository. */
export async function newFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), "warden-gates-")));
}

/** Copies files of the repository into a folder, beside links to what is installed. */
export async function copyTree(
  root: string,
  copy: string,
  paths: readonly string[],
): Promise<void> {
  await inLanes(16, paths, async (path) => {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await copyFile(join(root, path), join(copy, path));
  });
  await linkPackages(root, copy);
}

/**
 * Links each installed package by itself. A link to the whole of `node_modules` would lead the
 * names of our own packages back to the real tree, and the gates would judge that one.
 */
async function linkPackages(root: string, copy: string): Promise<void> {
  await linkAll(join(root, "node_modules"), join(copy, "node_modules"), ours);
  await mkdir(join(copy, "node_modules", ours));
  for (const name of await foldersIn(join(root, "packages"))) {
    const workspace = join(copy, "packages", name);
    await mkdir(workspace, { recursive: true });
    await symlink(workspace, join(copy, "node_modules", ours, name));
    const nested = join("packages", name, "node_modules");
    await linkAll(join(root, nested), join(copy, nested), ours);
  }
  await linkAll(join(root, ".sst"), join(copy, ".sst"), "");
}

const ours = "@bucket-warden";

async function linkAll(from: string, to: string, except: string): Promise<void> {
  const names = await foldersIn(from);
  if (names.length > 0) await mkdir(to, { recursive: true });
  await Promise.all(
    names.filter((it) => it !== except).map((it) => symlink(join(from, it), join(to, it))),
  );
}

/** What a folder holds; a folder that is not there holds nothing. */
async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
