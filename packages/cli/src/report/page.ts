import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import type { Around } from "./print.ts";

const folder = join(import.meta.dirname, "browser");

/** The modules of the page's script, each after those that it imports. */
export const modules = [
  "dom",
  "rows",
  "scale",
  "data-table",
  "heat-map",
  "charts",
  "lists",
  "findings",
  "repairs",
  "theme",
  "main",
] as const;

/** The page before and after its data. It loads nothing, and runs no script and no style but its own. */
export function pageAround(): Around {
  const style = readFileSync(join(folder, "report.css"), "utf8");
  const script = pageScript();
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = readFileSync(join(folder, "report.html"), "utf8")
    .replace(
      "<!-- policy -->",
      () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    )
    .replace("<!-- style -->", () => `<style>${style}</style>`)
    .replace("<!-- script -->", () => `<script type="module">${script}</script>`);
  const [before = "", after = ""] = page.split("<!-- data -->");
  const begin = '<script type="application/json" id="data">';
  return { before: `${before}${begin}`, after: `</script>${after}` };
}

/** One script of all modules: types are left out, and so is what ties the modules together. */
export function pageScript(): string {
  return modules
    .map((name) => withoutTypes(readFileSync(join(folder, `${name}.ts`), "utf8")))
    .map((text) => text.replace(/^import [^;]*;\n/gm, "").replace(/^export /gm, ""))
    .join("\n");
}

/** Node says that this is experimental, though it runs the file that you read by the same means. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
