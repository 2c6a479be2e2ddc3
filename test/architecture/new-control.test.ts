import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyTree, newFolder } from "../../scripts/canaries/copy.ts";
import { pathsOf } from "../../scripts/gates/tree.ts";

const root = join(import.meta.dirname, "..", "..");
let copy = "";

beforeAll(async () => {
  copy = await newFolder();
  await copyTree(root, copy, await pathsOf(root));
});
afterAll(() => rm(copy, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly said: string;
}

/** Runs a program of the copy, in the copy. */
function run(program: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(copy, program), ...args],
      { cwd: copy },
      (failure, out, error) => {
        const code = typeof failure?.code === "number" ? failure.code : failure === null ? 0 : -1;
        resolve({ code, said: `${out}${error}` });
      },
    );
  });
}

test.each([
  { args: [], says: "give one id" },
  { args: ["a-b", "c-d"], says: "give one id" },
  { args: ["Bucket-Tags"], says: '"Bucket-Tags" is no id' },
  { args: ["../escape-it"], says: '"../escape-it" is no id' },
  { args: ["tags"], says: '"tags" is no id' },
  { args: [`a-${"b".repeat(40)}`], says: "at most 40 characters" },
  { args: ["ssl-only"], says: '"ssl-only" is taken' },
  { args: ["security-hub"], says: '"security-hub" is taken' },
])("new-control refuses $args with one line", async ({ args, says }) => {
  const { code, said } = await run("scripts/new-control.ts", ...args);
  expect({ code, lines: said.trim().split("\n") }).toEqual({
    code: 1,
    lines: [expect.stringContaining(says)],
  });
});

const id = "canary-for-new-controls";
const controls = "packages/core/src/controls";
const baseline = "packages/core/src/baseline";
// Every file that names each control, and the new ones.
const program = {
  extends: "./tsconfig.json",
  compilerOptions: { skipLibCheck: true },
  include: [
    `${controls}/index.ts`,
    `${controls}/${id}*.ts`,
    `${baseline}/*.ts`,
    "packages/cli/src/demo/cases.ts",
  ],
};

// Three programs one after the other, each of which has to start and to read its packages.
test("a new control has its types, its page and its tests at once", {
  timeout: 60_000,
}, async () => {
  const made = await run("scripts/new-control.ts", id);
  expect(made).toEqual({ code: 0, said: expect.stringContaining(`${controls}/${id}.ts`) });

  await writeFile(join(copy, "tsconfig.part.json"), JSON.stringify(program));
  const checks = [
    await run("node_modules/.bin/tsc", "-p", "tsconfig.part.json"),
    await run("scripts/docs.ts", "--check"),
    await run("node_modules/.bin/vitest", "run", `${controls}/${id}.test.ts`, baseline),
  ];
  expect(checks.filter(({ code }) => code !== 0).map(({ said }) => said)).toEqual([]);
});
