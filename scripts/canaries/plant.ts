import { lstat, mkdir, readFile, realpath, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { Canary, Plant } from "./canary.ts";

/** Writes a canary into a copy, and refuses whatever would not be the violation it describes. */
export async function plantCanary(copy: string, { source, plants }: Canary): Promise<void> {
  for (const plant of plants) {
    try {
      await plantOne(copy, plant);
    } catch (error) {
      throw new Error(`${source} cannot be planted at ${plant.path}`, { cause: error });
    }
  }
}

async function plantOne(copy: string, plant: Plant): Promise<void> {
  const target = join(copy, plant.path);
  await mkdir(dirname(target), { recursive: true });
  await assertInside(copy, dirname(target));
  if (plant.kind === "file") return writeFile(target, plant.text, { flag: "wx" });
  if ((await lstat(target)).isSymbolicLink()) throw new Error("is a link");
  const [before = "", ...after] = (await readFile(target, "utf8")).split(plant.find);
  if (after.length !== 1) throw new Error(`holds its "-" lines ${after.length} times, not once`);
  await writeFile(target, before + plant.put + after[0]);
}

/** Installed packages are links to the real ones: a plant in there would break the work tree. */
async function assertInside(copy: string, folder: string): Promise<void> {
  const real = `${await realpath(folder)}${sep}`;
  if (!real.startsWith(`${await realpath(copy)}${sep}`)) throw new Error(`leads to ${real}`);
}
