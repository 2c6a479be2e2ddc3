import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { type BundleOptions, bundleHandler } from "./bundle-handler.ts";

interface BuildInput {
  readonly functionID: string;
  readonly handler: string;
  readonly runtime: string;
  readonly properties: Omit<BundleOptions, "runtime">;
}

/** What the server needs to build in. */
export interface Workshop {
  readonly root: string;
  readonly work: string;
}

/**
 * Stands in for the server inside SST's command line, which SST's components ask to bundle a handler.
 * The bundles are real: built with the same options, and the export is looked for. Answers its URL.
 */
export async function startBuildServer(workshop: Workshop): Promise<string> {
  const server = createServer((request, response) => void answer(request, response, workshop));
  server.on("connection", (socket) => socket.unref());
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  server.unref(); // the program is done when nothing else is left to do
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  workshop: Workshop,
): Promise<void> {
  const { method, params } = JSON.parse((await buffer(request)).toString("utf8"));
  try {
    response.end(JSON.stringify({ result: await serve(method, params[0], workshop) }));
  } catch (error) {
    response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  }
}

async function serve(method: string, input: BuildInput, workshop: Workshop): Promise<unknown> {
  if (method === "Provider.Aws.Bootstrap") return { asset: "sst-asset", state: "sst-state" };
  if (method === "Runtime.Build") return buildFunction(input, workshop);
  throw new Error(`SST asked for ${method}, which is not answered here`);
}

async function buildFunction(input: BuildInput, { root, work }: Workshop): Promise<object> {
  const { functionID, handler, runtime, properties } = input;
  const name = extname(handler).slice(1);
  const source = join(root, `${handler.slice(0, -name.length - 1)}.ts`);
  if (!existsSync(source)) return { errors: [`handler not found: ${handler}`] };
  const out = join(work, "artifacts", `${functionID}-src`);
  await mkdir(out, { recursive: true });
  const exported = await bundleHandler(source, out, { runtime, ...properties });
  if (!exported.includes(name)) return { errors: [`${handler}: the file exports no ${name}`] };
  return { handler: `bundle.${name}`, out, errors: [], sourcemaps: [] };
}
