import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const page = readFileSync(join(root, "docs", "security.md"), "utf8");

/** The rows of the table of goals: goal, what stops it, which tests show it. */
const rows = (page.split("| Goal |")[1] ?? "")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("|---"))
  .map((line) => line.split(" | "));

test("every goal of an attacker has a test that shows what stops it", () => {
  expect(rows.length).toBeGreaterThan(20);
  for (const [goal = "", , shown = ""] of rows) {
    const files = [...shown.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path]) => path ?? "");
    expect(files, goal).not.toEqual([]);
    for (const file of files) {
      expect(existsSync(join(root, file)), `${goal}: ${file}`).toBe(true);
      expect(readFileSync(join(root, file), "utf8")).toMatch(/^\s*test(\.each)?[(<]/m);
    }
  }
});

test("every page that the threat model speaks of is there", () => {
  const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => path ?? "");
  for (const link of links) expect(existsSync(join(root, "docs", link)), link).toBe(true);
});
