import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { stages } from "../../stacks/stages.ts";
import { findBreaches } from "../stacks/laws.ts";
import { synthesize } from "../stacks/synthesize.ts";
import { type Gate, verdictOf } from "./gate.ts";
import { allowedScripts, findInstallScripts } from "./install-scripts.ts";
import { installedIn } from "./installed.ts";
import { findBadLicences } from "./licences.ts";
import { findGaps, findUnsealed, parseLockfile } from "./lockfile.ts";
import { findLoosePins, parseManifest } from "./pins.ts";
import { findLong, measured } from "./sizes.ts";
import { filesOf } from "./tree.ts";
import { findWords } from "./words.ts";

const words: Gate = {
  name: "words",
  by: "no machine, no registry",
  async run(root) {
    const files = await filesOf(root);
    return verdictOf(findWords(files), { seen: files.length, least: 1, unit: "files" });
  },
};

const sizes: Gate = {
  name: "sizes",
  by: "files <= 300 lines, handlers <= 40",
  async run(root) {
    const files = await filesOf(root);
    const seen = measured(files).length;
    return verdictOf(findLong(files), { seen, least: 1, unit: "files" });
  },
};

const pins: Gate = {
  name: "pins",
  by: "exact versions, whole lockfile, licences, install scripts",
  async run(root) {
    const files = (await filesOf(root)).filter(({ path }) => /(^|\/)package\.json$/.test(path));
    const manifests = files.map(({ path, text }) => parseManifest(path, text));
    const manifest = await readFile(join(root, "package.json"), "utf8");
    const locked = parseLockfile(await readFile(join(root, "package-lock.json"), "utf8"));
    const installed = await installedIn(root, locked);
    const violations = [
      ...findLoosePins(manifests),
      ...findGaps(locked),
      ...findUnsealed(locked),
      ...findInstallScripts(locked, allowedScripts(manifest)),
      ...findBadLicences(installed),
    ];
    return verdictOf(violations, { seen: installed.length, least: 1, unit: "packages" });
  },
};

const stacks: Gate = {
  name: "stacks",
  by: "what a deployment would make",
  async run(root) {
    const found = await Promise.all(Object.keys(stages).map((stage) => judgeStage(root, stage)));
    const seen = found.reduce((sum, it) => sum + it.seen, 0);
    const violations = found.flatMap((it) => it.violations);
    return verdictOf(violations, { seen, least: 100, unit: "resources" });
  },
};

async function judgeStage(root: string, stage: string) {
  const { resources, work } = await synthesize(root, stage);
  await rm(work, { recursive: true, force: true });
  const violations = findBreaches(resources).map((it) => ({ ...it, at: `${stage}/${it.at}` }));
  return { seen: resources.length, violations };
}

/** The gates that are a few lines of our own. */
export const ownGates: readonly Gate[] = [stacks, words, pins, sizes];
