import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fingerprint, InputError, isTooDeep } from "@bucket-warden/core/kernel";
import { isNode, LineCounter, parseDocument } from "yaml";

/** A baseline as it was written, before anything in it is checked. */
export interface Source {
  readonly input: unknown;
  /** Where a setting stands, for people: `warden.config.yaml:12:5`, or the file alone. */
  readonly where: (path: readonly PropertyKey[]) => string;
}

/**
 * Reads `.ts`, `.js` and `.mjs` (the default export), `.yaml`, `.yml` and `.json`. Throws InputError
 * when the file is not there or not in its own language.
 */
export async function readSource(file: string): Promise<Source> {
  switch (extname(file)) {
    case ".yaml":
    case ".yml":
    case ".json":
      return parseText(file, await textOf(file));
    case ".ts":
    case ".js":
    case ".mjs":
      return { input: await importDefault(file), where: () => file };
    default:
      throw new InputError({
        place: file,
        problem: "its ending is none of .ts, .js, .mjs, .yaml, .yml and .json",
        remedy: "Name the file after the language it is written in.",
      });
  }
}

/** Equal for equal baselines, in whatever language they are written. */
export function baselinePrint(input: unknown): string {
  return fingerprint(input);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): InputError {
  const remedy = "Give the path of a baseline, or write one with `warden baseline init`.";
  return new InputError({ place: file, problem: "it cannot be read", remedy, cause });
}

/** JSON is YAML as well, and this parser knows where everything stands and sees double keys. */
export function parseText(file: string, text: string): Source {
  if (opensTooMuch(text)) throw tooMuch(file);
  const lineCounter = new LineCounter();
  const options = {
    lineCounter,
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: "error",
  } as const;
  const document = orTooMuch(file, () => parseDocument(text, options));
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error?.code === "RESOURCE_EXHAUSTION") throw tooMuch(file, error);
  if (error !== undefined) {
    const problem = error.message.replace(/\.$/, "");
    throw new InputError({ place: at(error.pos[0]), problem, remedy: "Correct it.", cause: error });
  }
  const where = (path: readonly PropertyKey[]): string => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return at(0);
  };
  const input: unknown = orTooMuch(file, () => document.toJS()) ?? {};
  if (isTooDeep(input)) throw tooMuch(file);
  return { input, where };
}

/** The parser would find out as well, after seconds. */
const mostOpen = 1_000;

/** Counts what stands in quotes and comments too, where nobody leaves so many brackets open. */
function opensTooMuch(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open = "[{".includes(bracket) ? open + 1 : Math.max(0, open - 1);
    if (open > mostOpen) return true;
  }
  return false;
}

/** The parser gives up on text that nests deeper than the stack, and on aliases that grow without end. */
function orTooMuch<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw tooMuch(place, cause);
  }
}

function tooMuch(place: string, cause?: unknown): InputError {
  const problem = "it is nested too deeply, or its aliases mean too much or themselves";
  return new InputError({ place, problem, remedy: "Write out what it means.", cause });
}

async function importDefault(file: string): Promise<unknown> {
  await textOf(file); // so that a missing file is told apart from a missing import
  const module: unknown = await import(pathToFileURL(resolve(file)).href).catch(
    (cause: unknown) => {
      const problem = `it cannot be run (${cause instanceof Error ? cause.message : String(cause)})`;
      throw new InputError({ place: file, problem, remedy: "Correct it.", cause });
    },
  );
  if (typeof module === "object" && module !== null && "default" in module) return module.default;
  throw new InputError({
    place: file,
    problem: "it has no default export",
    remedy: "Write `export default defineBaseline({ … })`.",
  });
}
