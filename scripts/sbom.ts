import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readBill } from "./supply/bill.ts";
import { npm } from "./supply/npm.ts";

/** `npm run sbom`: what our packages need to run, as CycloneDX, in out/sbom.cdx.json. */
const root = join(import.meta.dirname, "..");
const { output } = await npm(root, ["sbom", "--sbom-format", "cyclonedx", "--omit", "dev"]);
const { components, unsealed } = readBill(output, (purl) =>
  purl.startsWith("pkg:npm/%40bucket-warden/"),
);
if (unsealed.length > 0) throw new Error(`without a digest: ${unsealed.join(", ")}`);
await mkdir(join(root, "out"), { recursive: true });
await writeFile(join(root, "out", "sbom.cdx.json"), output);
process.stdout.write(`out/sbom.cdx.json: ${components} packages, each with its digest\n`);
