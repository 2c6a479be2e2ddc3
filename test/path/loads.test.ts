import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const source = join(import.meta.dirname, "../../packages/cli/src");

// The test runner finds names in CommonJS packages that Node itself does not.
test("Node loads every file of the command line, also those that are loaded late", async () => {
  const files = globSync("**/*.ts", { cwd: source }).filter(
    (file) =>
      !file.endsWith(".test.ts") && !file.startsWith("report/browser/") && file !== "main.ts",
  );
  expect(files.length).toBeGreaterThan(50);
  const urls = files.map((file) => pathToFileURL(join(source, file)).href);
  const script = `await Promise.all(${JSON.stringify(urls)}.map((url) => import(url)))`;
  const loading = promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  await expect(loading).resolves.toMatchObject({ stdout: "", stderr: "" });
  // A process of its own, beside all other tests.
}, 60_000);
