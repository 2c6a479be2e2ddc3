import crypto from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startBuildServer } from "./build-server.ts";
import { bundleProgram, readApp } from "./bundle.ts";
import { answerOf, madeOf, type Target } from "./cloud.ts";
import { plainOf } from "./plain.ts";
import { platformFolder } from "./platform.ts";
import type { Resource } from "./resource.ts";

/** The parts of Pulumi that are used; its own types are in the platform, which may not be there. */
interface Pulumi {
  readonly runtime: {
    setMocks(mocks: object, project: string, stack: string): Promise<void>;
    runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
  };
}

interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): readonly string[];
}

type Register = (request: Request, callback: unknown) => Promise<void>;

const [root = "", stage = "", work = "", resultFile = ""] = process.argv.slice(2);

/** Runs the real program with Pulumi's mocks and writes what it would make as JSON. */
async function run(): Promise<void> {
  const app = await readApp({ root, stage, work });
  const target: Target = {
    region: app.providers.aws.region,
    account: app.providers.aws.allowedAccountIds[0] ?? "",
  };
  process.env["SST_SERVER"] = await startBuildServer({ root, work });
  // Names with a random part would differ from run to run.
  crypto.randomBytes = ((size: number) => Buffer.alloc(size)) as typeof crypto.randomBytes;
  const platform = createRequire(join(root, platformFolder, "package.json"));
  const pulumi: Pulumi = platform("@pulumi/pulumi");
  const resources: Resource[] = [];
  recordOptions(platform("@pulumi/pulumi/runtime/mocks").MockMonitor.prototype, resources);
  await pulumi.runtime.setMocks(
    {
      newResource: (made: { type: string; name: string; inputs: Record<string, unknown> }) => {
        const inputs = plainOf(made.inputs);
        const resource = resources.find(
          ({ type, name }) => type === made.type && name === made.name,
        );
        Object.assign(resource ?? {}, { inputs });
        if (
          !made.type.includes("/") &&
          made.type.split(":").length === 3 &&
          isComponent(made.type)
        ) {
          return { id: made.name, state: {} };
        }
        return madeOf({ ...made, inputs }, target);
      },
      call: ({ token, inputs }: { token: string; inputs: Record<string, unknown> }) =>
        answerOf(token, inputs, target),
    },
    app.name,
    stage,
  );
  const bundle = join(root, platformFolder, `program-${stage}-${process.pid}.mjs`);
  process.once("exit", () => rmSync(bundle, { force: true }));
  await bundleProgram({ root, stage, work }, app, bundle);
  process.once("beforeExit", () => {
    writeFileSync(resultFile, JSON.stringify({ app, resources }));
  });
  await pulumi.runtime.runInPulumiStack(
    async () => (await import(pathToFileURL(bundle).href)).default,
  );
}

/** Mocks hear of a resource's properties alone; how Pulumi treats it stands in the request. */
function recordOptions(monitor: { registerResource: Register }, resources: Resource[]): void {
  const { registerResource } = monitor;
  monitor.registerResource = function (this: unknown, request, callback) {
    resources.push({
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent().split("::").at(-1) ?? "",
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      ignoreChanges: request.getIgnorechangesList(),
      inputs: {},
    });
    return registerResource.call(this, request, callback);
  };
}

function isComponent(type: string): boolean {
  return /^(sst|pulumi):/.test(type);
}

for (const signal of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(signal, (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : JSON.stringify(error)}\n`);
    process.exit(1);
  });
}

await run();
