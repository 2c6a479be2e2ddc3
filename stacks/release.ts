import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { remembered } from "@bucket-warden/core/kernel";

/** Another text for each version of what reads and judges: core, and the packages that it is built with. */
export const releaseIn = remembered(1, (root) => {
  const core = join("packages", "core", "src");
  const files = readdirSync(join(root, core), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => join(core, file));
  const hash = createHash("sha256");
  for (const file of [...files.toSorted(), "package-lock.json"]) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 32);
});
