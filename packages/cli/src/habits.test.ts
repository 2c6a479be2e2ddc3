import { Command } from "commander";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addHabits, callsAws } from "./habits.ts";
import { isQuiet, isVerbose, setLoudness } from "./terminal.ts";

beforeEach(() => {
  for (const name of ["AWS_PROFILE", "AWS_REGION", "NO_COLOR"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  setLoudness("usual");
});

/** Runs these words with a command that calls AWS, one that does not, and one with a Region of its own. */
async function run(...words: readonly string[]): Promise<void> {
  const program = new Command("warden").exitOverride().configureOutput({ outputError: () => {} });
  callsAws(program.command("ask").action(() => {}));
  program.command("think").action(() => {});
  callsAws(
    program
      .command("travel")
      .option("--region <code...>")
      .action(() => {}),
  );
  addHabits(program);
  await program.parseAsync(words, { from: "user" });
}

const said = () => ({
  quiet: isQuiet(),
  verbose: isVerbose(),
  profile: process.env["AWS_PROFILE"],
  region: process.env["AWS_REGION"],
  noColor: process.env["NO_COLOR"],
});
const nothing = { quiet: false, verbose: false };

test.each<{ words: readonly string[]; expected: object }>([
  { words: ["ask"], expected: nothing },
  { words: ["ask", "--quiet"], expected: { ...nothing, quiet: true } },
  { words: ["-q", "ask"], expected: { ...nothing, quiet: true } },
  { words: ["think", "-v"], expected: { ...nothing, verbose: true } },
  { words: ["--no-color", "think"], expected: { ...nothing, noColor: "1" } },
  {
    words: ["ask", "--profile", "audit", "--region", "eu-west-1"],
    expected: { ...nothing, profile: "audit", region: "eu-west-1" },
  },
  { words: ["travel", "--region", "eu-west-1"], expected: nothing },
])("$words", async ({ words, expected }) => {
  await run(...words);
  expect(said()).toEqual(expected);
});

test("whoever calls nothing takes no profile", async () => {
  await expect(run("think", "--profile", "audit")).rejects.toThrow("unknown option '--profile'");
});
