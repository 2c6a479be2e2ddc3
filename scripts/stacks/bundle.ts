import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { platformFolder } from "./platform.ts";

/** What `app()` of `sst.config.ts` answers, as far as it is looked at here. */
export interface App {
  readonly name: string;
  readonly removal: string;
  readonly protect: boolean;
  readonly providers: {
    readonly aws: { readonly region: string; readonly allowedAccountIds: readonly string[] };
  };
}

/** Where the pieces of a program lie. */
export interface Places {
  readonly root: string;
  readonly stage: string;
  /** A folder for what is built. */
  readonly work: string;
}

const common: BuildOptions = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22",
  logLevel: "silent",
  // Some of SST's dependencies are CommonJS.
  banner: {
    js: 'import { createRequire } from "module"; const require = createRequire(import.meta.url);',
  },
};

/** Asks `sst.config.ts` what the app of this stage is, as SST's command line does first. */
export async function readApp({ root, stage, work }: Places): Promise<App> {
  const outfile = join(work, "app.mjs");
  await build({
    ...common,
    entryPoints: [join(root, "sst.config.ts")],
    outfile,
    banner: { js: "const $config = (config) => config;" },
    external: ["@pulumi/*"],
  });
  const { default: config } = await import(pathToFileURL(outfile).href);
  return config.app({ stage });
}

/**
 * Bundles `sst.config.ts` with SST's own entry, as its command line does before it starts Pulumi:
 * the globals `$app`, `$cli` and `$dev` are defined, `sst`, `aws` and `$…` are put into every file.
 */
export async function bundleProgram(places: Places, app: App, outfile: string): Promise<void> {
  const { root, stage, work } = places;
  const platform = join(root, platformFolder);
  await build({
    ...common,
    stdin: {
      contents: [
        `import { run } from ${JSON.stringify(join(platform, "src/auto/run.ts"))};`,
        `import config from ${JSON.stringify(join(root, "sst.config.ts"))};`,
        "export default await run(config.run);",
      ].join("\n"),
      resolveDir: platform,
      loader: "ts",
    },
    outfile,
    define: {
      $app: JSON.stringify({ ...app, stage }),
      $cli: JSON.stringify({
        command: "deploy",
        paths: { home: work, root, work, platform },
        state: { version: {} },
      }),
      $dev: "false",
    },
    inject: [join(platform, "src/shim/run.js")],
    external: [
      ...["@pulumi/*", "@pulumiverse/*", "@aws-sdk/*", "@cloudflare/*"],
      ...["archiver", "esbuild", "glob", "prettier", "undici", "unenv", "vite"],
    ],
    plugins: [globals(platform)],
  });
}

function globals(platform: string): Plugin {
  const imports = [
    'import * as aws from "@pulumi/aws";',
    `import * as sst from ${JSON.stringify(join(platform, "src/components"))};`,
  ];
  return {
    name: "globals",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (/[/\\](\.sst|node_modules)[/\\]/.test(path)) return undefined;
        return { contents: `${imports.join(" ")}\n${await readFile(path, "utf8")}`, loader: "ts" };
      });
    },
  };
}
