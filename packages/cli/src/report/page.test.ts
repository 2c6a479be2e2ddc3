import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { modules, pageAround, pageScript } from "./page.ts";
import { reportPrinter } from "./print.ts";

test("every module of the page is in its script, and nothing but one script is left", () => {
  const files = readdirSync(join(import.meta.dirname, "browser"));
  const written = files.filter((it) => it.endsWith(".ts") && !it.endsWith(".test.ts"));
  expect(modules.map((name) => `${name}.ts`).toSorted()).toEqual(written.toSorted());
  expect(pageScript()).not.toMatch(/^(import|export)\b/m);
});

test("modules share one scope, so no name is there twice", () => {
  const names = [...pageScript().matchAll(/^(?:async )?(?:function|const|let|class) (\w+)/gm)];
  const counts = Map.groupBy(names, ([, name]) => name);
  expect([...counts].filter(([, found]) => found.length > 1).map(([name]) => name)).toEqual([]);
  expect(counts.size).toBeGreaterThan(50);
});

test("the page lets nothing run and nothing load but what it was printed with", () => {
  const { before, after } = pageAround();
  const page = `${before}${after}`;
  const policy = /http-equiv="Content-Security-Policy"[^>]*content="([^"]+)"/.exec(page)?.[1] ?? "";
  const hash = (text = "") => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const script = /<script type="module">(.*?)<\/script>/s.exec(page)?.[1];
  const style = /<style>(.*?)<\/style>/s.exec(page)?.[1];
  expect(policy.split("; ")).toEqual([
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(page).not.toMatch(/(src|href)="(?!#)/);
  expect(page).not.toMatch(/ style="| on\w+="/);
});

test("the data is JSON that no text in it can end", () => {
  const printer = reportPrinter({ before: "", after: "" });
  const hostile = "</script><!--<script>\u2028";
  const row = {
    resource: hostile,
    account: "111122223333",
    region: "",
    control: "cors",
    verdict: "drift",
    response: "",
    saw: hostile,
    diff: [],
    at: "",
  } as const;
  const rest = { madeAt: "", sources: [hostile], controls: [], posture: [], unlooked: [] };
  const text = [printer.head(), printer.findings([row, row]), printer.end(rest)].join("");
  expect(text).not.toContain("<");
  expect(JSON.parse(text)).toEqual({ findings: [row, row], ...rest });
});
