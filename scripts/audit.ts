import { join } from "node:path";
import { readAudit } from "./supply/findings.ts";
import { npm } from "./supply/npm.ts";

/** `npm run audit`: known holes in what our packages need to run, where the registry tells of them. */
const root = join(import.meta.dirname, "..");
const audit = readAudit((await npm(root, ["audit", "--json", "--omit", "dev"])).output);
if (audit.kind === "untold") {
  process.stdout.write(`SKIPPED: the registry does not tell of known holes (${audit.why})\n`);
} else {
  const { holes } = audit;
  const lines = holes.length === 0 ? ["no known hole that is high or critical"] : holes;
  process.stdout.write(`${lines.join("\n")}\n`);
  if (holes.length > 0) process.exitCode = 1;
}
