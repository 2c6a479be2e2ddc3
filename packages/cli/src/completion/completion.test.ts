import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Command, Option } from "commander";
import { afterAll, expect, test } from "vitest";
import { bashScript } from "./bash.ts";
import { fishScript } from "./fish.ts";
import { spotsOf } from "./spots.ts";
import { zshScript } from "./zsh.ts";

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "warden-completion-"));
afterAll(() => rm(folder, { recursive: true }));

const program = new Command("warden").option("-q, --quiet", "it's quiet");
program
  .command("scan")
  .summary("look: everywhere")
  .addOption(new Option("--output <format>", "how").choices(["table", "json"]))
  .option("--bucket <name>", "which");
const policy = program.command("policy").summary("prove a policy");
policy.command("check").argument("<file>", "the policy").option("--out <file>", "where to");
program
  .command("explain")
  .addArgument(program.createArgument("[control]", "which").choices(["ssl-only", "cors"]));
const spots = spotsOf(program);

/** What bash proposes for the last of these words. */
async function proposed(...words: readonly string[]): Promise<readonly string[]> {
  await writeFile(join(folder, "policy.json"), "{}");
  const script = `${bashScript(spots)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _warden; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run("bash", ["--norc", "-c", script, "bash", "warden", ...words], {
    cwd: folder,
  });
  return stdout.split("\n").filter(Boolean);
}

test.each<{ words: readonly string[]; expected: readonly string[] }>([
  { words: [""], expected: ["scan", "policy", "explain", "--quiet", "--help"] },
  { words: ["s"], expected: ["scan"] },
  { words: ["--quiet", "p"], expected: ["policy"] },
  { words: ["policy", ""], expected: ["check", "--help"] },
  { words: ["scan", "--o"], expected: ["--output"] },
  { words: ["scan", "--output", ""], expected: ["table", "json"] },
  { words: ["scan", "--output", "json", "--b"], expected: ["--bucket"] },
  { words: ["scan", "--bucket", ""], expected: [] },
  { words: ["policy", "check", "p"], expected: ["policy.json"] },
  { words: ["policy", "check", "--out", "pol"], expected: ["policy.json"] },
  { words: ["policy", "check", "--"], expected: ["--out", "--help"] },
  { words: ["explain", "s"], expected: ["ssl-only"] },
  { words: ["nothing", "p"], expected: ["policy"] },
])("bash proposes $expected after $words", async ({ words, expected }) => {
  expect(await proposed(...words)).toEqual(expected);
});

const others = [
  { shell: "zsh", script: zshScript(spots), check: "-n" },
  { shell: "fish", script: fishScript(spots), check: "--no-execute" },
] as const;

test.each(others)(
  "$shell takes its script, where there is a $shell",
  async ({ shell, script, check }) => {
    const file = join(folder, `warden.${shell}`);
    await writeFile(file, script);
    try {
      const { stderr } = await run(shell, [check, file]);
      expect(stderr).toBe("");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      process.stderr.write(`SKIPPED: there is no ${shell} here, so nobody looked at its script\n`);
    }
  },
);

/** What fish proposes, with the system that it really completes by. */
async function proposedByFish(...words: readonly string[]): Promise<readonly string[]> {
  const file = join(folder, "asked.fish");
  await writeFile(file, `${fishScript(spots)}\ncomplete -C "$argv"\n`);
  const { stdout } = await run("fish", ["--private", file, "warden", ...words], { cwd: folder });
  return stdout.split("\n").map((line) => line.split("\t")[0] ?? "");
}

/** What zsh would propose: its own system needs a terminal, so that these stand for it. */
async function proposedByZsh(...words: readonly string[]): Promise<readonly string[]> {
  const script = `compdef() { }
_describe() { print -rl -- "\${(@)names%%:*}" }
_files() { print -rl -- *(N) }
compadd() { shift; print -rl -- "$@" }
${zshScript(spots)}
words=("$@"); CURRENT=$#; _warden`;
  const given = ["-f", "-c", script, "zsh", "warden", ...words];
  const { stdout } = await run("zsh", given, { cwd: folder });
  return stdout.split("\n").filter((name) => name.startsWith(words.at(-1) ?? ""));
}

const askers = [
  { shell: "zsh", ask: proposedByZsh },
  { shell: "fish", ask: proposedByFish },
] as const;

const asked = [
  { words: ["s"], expected: ["scan"] },
  { words: ["--quiet", "p"], expected: ["policy"] },
  { words: ["policy", "c"], expected: ["check"] },
  { words: ["scan", "--o"], expected: ["--output"] },
  { words: ["scan", "--output", "j"], expected: ["json"] },
  { words: ["scan", "--output", "json", "--b"], expected: ["--bucket"] },
  { words: ["policy", "check", "p"], expected: ["policy.json"] },
  { words: ["explain", "s"], expected: ["ssl-only"] },
] as const;

test.each(askers)(
  "$shell proposes what bash proposes, where there is a $shell",
  async ({ shell, ask }) => {
    await writeFile(join(folder, "policy.json"), "{}");
    for (const { words, expected } of asked) {
      const found = await ask(...words).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      });
      if (found === undefined) {
        process.stderr.write(`SKIPPED: there is no ${shell} here, so nobody asked it\n`);
        return;
      }
      expect(found.filter(Boolean), words.join(" ")).toEqual(expected);
    }
  },
);

test("what people wrote stays text in every script", () => {
  expect(zshScript(spots)).toContain("'scan:look: everywhere' 'policy:prove a policy'");
  expect(zshScript(spots)).toContain("'--quiet:it'\\''s quiet'");
  expect(fishScript(spots)).toContain("-l quiet -s q -d 'it\\'s quiet'");
  expect(fishScript(spots)).toContain(
    `complete -c warden -n '__warden_at "warden scan"' -l output -x -a 'table json' -d 'how'`,
  );
});
