import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeProgram } from "../../packages/cli/src/program.ts";
import { actionsOf, callsToList } from "../../packages/core/src/aws/permissions.ts";
import { baselineJsonSchema } from "../../packages/core/src/baseline/index.ts";
import { controls } from "../../packages/core/src/controls/index.ts";
import { cliPage } from "./cli-page.ts";
import { controlPage } from "./control-page.ts";
import { bullets, code } from "./markdown.ts";
import { fillIn } from "./marked.ts";
import { permissionsPage } from "./permissions-page.ts";
import { reliabilityTable } from "./reliability-table.ts";
import { controlTable, settingTable } from "./tables.ts";

/** A page as the code wants it. */
export interface Page {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const folder = "docs/controls";

/** Every page that is made from the code, as a whole or between markers. */
export async function pagesOf(root: string): Promise<readonly Page[]> {
  const whole = [
    { path: `${folder}/README.md`, text: index() },
    { path: "docs/permissions.md", text: permissionsPage() },
    { path: "docs/cli.md", text: cliPage(makeProgram()) },
    { path: "schema/baseline.schema.json", text: jsonOf(baselineJsonSchema()) },
    ...controls.map((control) => ({
      path: `${folder}/${control.id}.md`,
      text: controlPage(control),
    })),
  ];
  const parts = [
    { path: "README.md", marker: "controls", lines: controlTable("docs/controls/") },
    { path: "docs/baseline.md", marker: "settings", lines: settingTable() },
    { path: "docs/reliability.md", marker: "counts", lines: await reliabilityTable(root) },
  ].map(async ({ path, marker, lines }) => {
    const text = await readFile(join(root, path), "utf8");
    return { path, text: fillIn({ path, text }, marker, lines) };
  });
  return [...whole, ...(await Promise.all(parts))];
}

function jsonOf(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Pages in the folder of the controls that no control stands behind. */
export async function leftovers(root: string, pages: readonly Page[]): Promise<readonly string[]> {
  const wanted = new Set(pages.map(({ path }) => path));
  const names = await readdir(join(root, folder), { recursive: true }).catch(() => []);
  return names.map((name) => `${folder}/${name}`).filter((path) => !wanted.has(path));
}

function index(): string {
  const lines = [
    "<!-- Made by `npm run docs` from the code of the controls. Change it there. -->",
    "",
    "# Controls",
    "",
    ...controlTable(""),
    "",
    "## What holds for all of them",
    "",
    ...bullets([
      "What could not be read is no drift: the control answers *unread*, and nothing is written that depends on it.",
      "Nothing is written where the baseline says `alert` or `off`, unless a person asks for the control by name.",
      "A bucket policy is left as it is, with the reason, where it is not one that IAM defines, would outgrow the 20,480 bytes that S3 takes, names a deleted principal, or would lock out the owner.",
      "The document from before is stored first, then read again and compared; what was written is read back.",
      "Each one is also looked at when a bucket is created and on every sweep.",
    ]),
    "",
    "A sweep lists what there is, and needs this beside what each control names:",
    "",
    ...bullets(actionsOf(callsToList).map(code)),
  ];
  return `${lines.join("\n")}\n`;
}
