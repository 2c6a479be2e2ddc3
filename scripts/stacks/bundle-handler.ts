import { basename } from "node:path";
import { build } from "esbuild";

/** What a function says of its bundle. */
export interface BundleOptions {
  readonly runtime: string;
  readonly minify?: boolean;
  readonly sourcemap?: boolean;
  /** Whether what is imported on demand becomes files of its own. */
  readonly splitting?: boolean;
}

/**
 * Bundles one handler as SST does, into `bundle.mjs` of a folder. Answers what it exports.
 * https://github.com/anomalyco/sst/blob/dev/pkg/runtime/node/build.go
 */
export async function bundleHandler(
  source: string,
  outdir: string,
  { runtime, minify = false, splitting = false }: BundleOptions,
): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: { bundle: source },
    outdir,
    outExtension: { ".js": ".mjs" },
    splitting,
    bundle: true,
    platform: "node",
    format: "esm",
    target: targets[runtime] ?? "es2023",
    mainFields: ["module", "main"],
    keepNames: true,
    minify,
    sourcemap: "linked",
    banner: { js: banner },
    metafile: true,
    logLevel: "silent",
  });
  // Outputs are named from the working folder on, and links may lead there by another way.
  const outputs = Object.entries(metafile.outputs);
  return outputs.find(([path]) => basename(path) === "bundle.mjs")?.[1].exports ?? [];
}

const targets: Readonly<Record<string, string>> = { "nodejs24.x": "es2024" };

const banner = [
  'import { createRequire as topLevelCreateRequire } from "module";',
  "const require = topLevelCreateRequire(import.meta.url);",
  'import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url";',
  "const __filename = topLevelFileUrlToPath(import.meta.url);",
  'const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url));',
].join("\n");
