import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { leftovers, type Page, pagesOf } from "./docs/pages.ts";

const usage = `npm run docs              writes the pages that are made from the code
npm run docs -- --check   tells which of them are stale, and writes nothing
`;

const root = join(import.meta.dirname, "..");

/** Writes or checks the generated pages; answers the exit code. */
async function docs(args: readonly string[]): Promise<number> {
  const [option, ...more] = args;
  if (more.length > 0 || (option !== undefined && option !== "--check")) {
    process.stderr.write(usage);
    return 2;
  }
  const pages = await pagesOf(root);
  const stale = await stalePages(pages);
  const left = await leftovers(root, pages);
  if (option === "--check") return tell(pages, stale, left);
  for (const { path, text } of stale) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  for (const path of left) await rm(join(root, path));
  process.stdout.write(`${stale.length} pages written, ${left.length} removed\n`);
  return 0;
}

async function stalePages(pages: readonly Page[]): Promise<readonly Page[]> {
  const present = await Promise.all(
    pages.map(({ path }) => readFile(join(root, path), "utf8").catch(missing)),
  );
  return pages.filter(({ text }, place) => present[place] !== text);
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
  return undefined;
}

function tell(pages: readonly Page[], stale: readonly Page[], left: readonly string[]): number {
  const lines = [
    ...stale.map(({ path }) => `${path} stale-page: it is not what the code says; npm run docs`),
    ...left.map((path) => `${path} leftover-page: no control stands behind it; npm run docs`),
    `docs saw ${pages.length} pages`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return stale.length + left.length === 0 ? 0 : 1;
}

process.exitCode = await docs(process.argv.slice(2));
