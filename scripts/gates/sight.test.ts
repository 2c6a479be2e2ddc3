import { expect, test } from "vitest";
import {
  biomeSight,
  cruiseSight,
  docsSight,
  infraSight,
  knipSight,
  tscSight,
  vitestSight,
} from "./sight.ts";

test.each([
  { name: "files", output: "Checked 248 files in 300ms. No fixes applied.", seen: 248 },
  { name: "one file", output: "a\nChecked 1 file in 3ms.\n", seen: 1 },
  { name: "nothing", output: "No files were processed in the specified paths.", seen: 0 },
])("biome saw $name", ({ output, seen }) => {
  expect(biomeSight(output)).toEqual({ seen, output });
});

test("tsc: our files are counted and left out of the output, errors stay", () => {
  const error = "packages/core/src/a.ts(1,2): error TS2322: Type 'null' is not assignable.";
  const more = "  Type 'null' is not assignable to type 'string'.";
  const output = [
    error,
    more,
    "/repo/node_modules/typescript/lib/lib.es5.d.ts",
    "/elsewhere/node_modules/zod/index.d.ts",
    "/repo/packages/core/src/a.ts",
    "/repo/test/b.ts",
    "",
  ].join("\n");

  expect(tscSight(output, "/repo")).toEqual({ seen: 2, output: `${error}\n${more}` });
});

test("infra: only stacks/ and sst.config.ts are counted, not what they reach", () => {
  const error = "stacks/bus.ts(1,2): error TS2322: Type 'null' is not assignable.";
  const paths = ["sst.config.ts", "stacks/bus.ts", ".sst/platform/src/a.ts", "packages/core/b.ts"];
  const output = [error, ...paths.map((path) => `/repo/${path}`), ""].join("\n");

  expect(infraSight(output, "/repo")).toEqual({ seen: 2, output: error });
});

test("dependency-cruiser: only our modules count, each violation is a line with its way", () => {
  const report = {
    modules: ["packages/a.ts", "scripts/b.ts", "fs", "node_modules/zod/index.js"].map((source) => ({
      source,
    })),
    summary: {
      violations: [
        { rule: { name: "layers" }, from: "packages/a.ts", to: "scripts/b.ts" },
        {
          rule: { name: "no-cycles" },
          from: "packages/a.ts",
          to: "packages/b.ts",
          cycle: [{ name: "packages/b.ts" }, { name: "packages/a.ts" }],
        },
      ],
    },
  };

  expect(cruiseSight(JSON.stringify(report))).toEqual({
    seen: 2,
    failed: true,
    output:
      "layers: packages/a.ts → scripts/b.ts\nno-cycles: packages/a.ts → packages/b.ts → packages/a.ts",
  });
});

test("dependency-cruiser: no violation is no failure", () => {
  const report = { modules: [{ source: "test/a.ts" }], summary: { violations: [] } };

  expect(cruiseSight(JSON.stringify(report))).toEqual({ seen: 1, failed: false, output: "" });
});

test("knip: the last line of our reporter is read", () => {
  const output = "files: a.ts\nknip saw 305 files in 5 workspaces\n";

  expect(knipSight(output)).toEqual({ seen: 305, output });
});

test.each([
  { name: "all that passed", line: "      Tests  76 passed (76)", seen: 76 },
  { name: "those beside failures", line: "      Tests  2 failed | 74 passed (76)", seen: 74 },
  { name: "none of the skipped", line: "      Tests  3 skipped (3)", seen: 0 },
  { name: "no files for tests", line: " Test Files  5 passed (5)", seen: 0 },
])("vitest: counts $name", ({ line, seen }) => {
  const output = ` RUN  v5.1.0\n\n${line}\n`;

  expect(vitestSight(output)).toEqual({ seen, output });
});

test("docs: the script counts its pages; one that broke down has seen none", () => {
  const stale = "docs/controls/a.md stale-page: it is not what the code says; npm run docs";
  expect(docsSight(`${stale}\ndocs saw 18 pages\n`)).toMatchObject({ seen: 18 });
  expect(docsSight("SyntaxError: Unexpected token")).toMatchObject({ seen: 0 });
});
