import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { loadedFiles } from "../../scripts/stacks/loaded-files.ts";

const { work } = inject("organization");

/**
 * Kilobytes that each function loads before its first event, at most. What only some events need is
 * imported on demand; a bundle that outgrows this has got an import that every cold start pays for.
 */
test.each([
  ["Intake", 875],
  ["Remediate", 955],
  ["Sweep", 880],
  ["Look", 960],
  ["Invoke", 970],
  ["Deliver", 680],
  ["Digest", 675],
  ["History", 680],
  ["NotifySlack", 755],
  ["SlackAction", 785],
  ["SlackWork", 970],
])("%s loads no more than %i KB", (name, most) => {
  const files = loadedFiles(join(work, "artifacts", `${name}-src`, "bundle.mjs"));
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  expect(Math.ceil(bytes / 1_000)).toBeLessThanOrEqual(most);
});
