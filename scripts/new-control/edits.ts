import { nameOf } from "./templates.ts";

/** One line that an existing file gets, right before a place that it holds exactly once. */
export interface Edit {
  readonly path: string;
  readonly line: string;
  /** The lines that come after the new one; `after` looks for them only from there on. */
  readonly before: string;
  readonly after?: string;
}

/** What every control needs beside its own files. It is off until its question is written. */
export function editsFor(id: string): readonly Edit[] {
  const baseline = "packages/core/src/baseline";
  return [
    {
      path: `${baseline}/baseline.ts`,
      line: `  readonly "${id}": { readonly mode: ControlMode };`,
      before: "}\n\nexport type ControlId",
    },
    {
      path: `${baseline}/parse.ts`,
      line: `  "${id}": z.strictObject({ mode: optionalMode }).prefault({}),`,
      before: "});\n",
      after: "export const controlsSchema = z.strictObject({\n",
    },
    {
      path: `${baseline}/parse.test.ts`,
      line: `  "${id}": { mode: "off" },`,
      before: "};\n",
      after: "const defaults = {\n",
    },
    {
      path: `${baseline}/parse.test.ts`,
      line: `    "${id}": { mode: "alert" },`,
      before: "  };\n",
      after: "const given = {\n",
    },
    {
      path: `${baseline}/meanings.ts`,
      line: `  "${id}": {},`,
      before: "};\n",
      after: "export const meanings: Meanings = {\n",
    },
    {
      path: "packages/cli/src/demo/cases.ts",
      line: `  "${id}": { none: "its question is not written yet" },`,
      before: "};\n",
      after: "export const cases: { readonly [Id in ControlId]: DemoCase } = {\n",
    },
    {
      path: "packages/core/src/controls/index.ts",
      line: `  ${nameOf(id)},`,
      before: "];\n",
      after: "export const controls: readonly Control[] = [\n",
    },
  ];
}

/** The text with the line in its place. Throws where the place cannot be found. */
export function withLine(text: string, { path, line, before, after = "" }: Edit): string {
  const from = text.indexOf(after) + after.length;
  const at = text.includes(after) ? text.indexOf(`\n${before}`, from) + 1 : 0;
  if (at === 0) throw new Error(`${path} has no longer the place where a control is added`);
  return `${text.slice(0, at)}${line}\n${text.slice(at)}`;
}

/** The list of controls with an import more, in the order of the file names. */
export function withImport(text: string, id: string): string {
  const line = `import { ${nameOf(id)} } from "./${id}.ts";`;
  const lines = text.split("\n");
  const place = lines.findIndex((it) => !it.startsWith("import ") || pathIn(it) > pathIn(line));
  return lines.toSpliced(place, 0, line).join("\n");
}

function pathIn(line: string): string {
  return /"(.+)\.ts"/.exec(line)?.[1] ?? "";
}
