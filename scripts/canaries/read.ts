import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Canary, parseCanary } from "./canary.ts";

const folder = "test/architecture/canaries";

/** Every canary of the repository, ordered by its file's name. */
export async function readCanaries(root: string): Promise<readonly Canary[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  const files = names.filter((name) => name.endsWith(".canary")).sort();
  return Promise.all(
    files.map(async (name) => parseCanary(name, await readFile(join(root, folder, name), "utf8"))),
  );
}
