import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { editsFor, withImport, withLine } from "./new-control/edits.ts";
import { controlFile, testFile } from "./new-control/templates.ts";

const root = join(import.meta.dirname, "..");
const folder = "packages/core/src/controls";
const list = `${folder}/index.ts`;

/** Adds a control that asks nothing yet; answers the exit code. */
async function newControl(args: readonly string[]): Promise<number> {
  const [id = ""] = args;
  const complaint = args.length === 1 ? problemOf(id) : "give one id: npm run new-control -- <id>";
  if (complaint !== undefined) {
    process.stderr.write(`new-control: ${complaint}\n`);
    return 1;
  }
  const files = await changed(id);
  for (const [path, text] of files) await writeFile(join(root, path), text);
  run("node_modules/.bin/biome", "format", "--write", ...files.keys());
  run("scripts/docs.ts");
  process.stdout.write(`${[...files.keys(), "", ...next(id)].join("\n")}\n`);
  return 0;
}

/** Why a control cannot have this id; undefined when it can. */
function problemOf(id: string): string | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id) || id.length > 40) {
    return `"${id}" is no id: give two or more words in small letters with dashes between them, at most 40 characters, e.g. bucket-tags`;
  }
  return existsSync(join(root, folder, `${id}.ts`))
    ? `"${id}" is taken: ${folder}/${id}.ts is there already`
    : undefined;
}

/** Every file as it shall be, by path. All is made before anything is written. */
async function changed(id: string): Promise<ReadonlyMap<string, string>> {
  const files = new Map([
    [`${folder}/${id}.ts`, controlFile(id)],
    [`${folder}/${id}.test.ts`, testFile(id)],
  ]);
  for (const edit of editsFor(id)) {
    const text = files.get(edit.path) ?? (await readFile(join(root, edit.path), "utf8"));
    files.set(edit.path, withLine(text, edit));
  }
  files.set(list, withImport(files.get(list) ?? "", id));
  return files;
}

/** Runs a program under this Node; throws with what it said when it failed. */
function run(program: string, ...args: readonly string[]): void {
  const done = spawnSync(process.execPath, [join(root, program), ...args], {
    cwd: root,
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr}`);
}

function next(id: string): readonly string[] {
  return [
    `Next: ask the question in ${folder}/${id}.ts and write its rows,`,
    "switch it on in baseline/parse.ts, and run: npm run docs && npm run check",
  ];
}

process.exitCode = await newControl(process.argv.slice(2));
