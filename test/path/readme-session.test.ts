import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { wardenHere } from "./warden-here.ts";

const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8");

/** As `warden sandbox --unguarded`: nothing that is deployed looks at the buckets. */
const stage = await rehearse({ watch: false, rolesFor: "no-roles" });
const folder = await mkdtemp(join(tmpdir(), "warden-readme-"));
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

interface Step {
  readonly command: string;
  /** What the page says that is printed; a line `…` stands for any lines. */
  readonly printed: readonly string[];
}

/** The commands between the fences of the session, each with what the page shows under it. */
function stepsIn(page: string): readonly Step[] {
  const [, session = ""] = /```console\n([\s\S]*?)\n```/.exec(page) ?? [];
  return session
    .split(/^\$ /m)
    .filter(Boolean)
    .map((step) => {
      const [command = "", ...printed] = step.trimEnd().split("\n");
      return { command, printed };
    });
}

/** What differs from run to run. */
function steady(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replace(/\b[0-9a-f]{32}\b/g, "ID")
    .replace(/\(\d+ kB\)/g, "(SIZE)");
}

function patternOf(printed: readonly string[]): RegExp {
  const lines = printed.map((line) =>
    line === "…" ? "[\\s\\S]*?" : `${steady(line).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\n`,
  );
  return new RegExp(`^${lines.join("")}$`);
}

/** The AWS CLI as far as the session goes; `test/conformance` runs the real one against the sandbox. */
async function aws(command: string): Promise<string> {
  const owner = stage.as("owner");
  if (command === "aws s3api create-bucket --bucket photos") {
    await owner.createBucket({ Bucket: "photos" });
    return "{}\n";
  }
  expect(command).toBe("aws s3api get-bucket-versioning --bucket photos");
  const { Status } = await owner.getBucketVersioning({ Bucket: "photos" });
  return `${JSON.stringify({ Status }, undefined, 4)}\n`;
}

test("the session of the README runs as it stands there", async () => {
  const steps = stepsIn(readme);
  expect(steps.map(({ command }) => command.split(" ").slice(0, 3).join(" "))).toEqual(
    expect.arrayContaining(
      ["scan", "plan", "apply", "report", "undo"].map((it) => `npx warden ${it}`),
    ),
  );
  let entry = "";
  for (const { command, printed } of steps) {
    const words = command.replace(/\b[0-9a-f]{32}\b/, entry).split(" ");
    const env = { ...stage.sandbox.environment, NO_COLOR: "1" };
    const said =
      words[0] === "aws"
        ? await aws(command)
        : (await wardenHere(words.slice(2), { env, cwd: folder })).both;
    entry = /^ {2}entry {2}(\S+)$/m.exec(said)?.[1] ?? entry;
    expect(steady(said), command).toMatch(patternOf(printed));
  }
});
