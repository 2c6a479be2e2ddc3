import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "@bucket-warden/core/kernel";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withBaselineFile } from "./baseline-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "warden-baseline-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the baseline comes out of the file", () => {
  const file = join(folder, "baseline.json");
  writeFileSync(file, '{"versioning":{"mode":"off"}}');

  expect(withBaselineFile({ WARDEN_BASELINE_FILE: file, X: "y" })).toEqual({
    WARDEN_BASELINE_FILE: file,
    WARDEN_BASELINE: '{"versioning":{"mode":"off"}}',
    X: "y",
  });
});

test("without a file nothing changes", () => {
  expect(withBaselineFile({ WARDEN_BASELINE: "{}" })).toEqual({ WARDEN_BASELINE: "{}" });
});

test.each([
  {
    name: "a file that is not there",
    variables: { WARDEN_BASELINE_FILE: "no-such-file.json" },
    problem: 'there is no file "no-such-file.json" that can be read',
  },
  {
    name: "a baseline beside the file",
    variables: { WARDEN_BASELINE_FILE: "baseline.json", WARDEN_BASELINE: "{}" },
    problem: "WARDEN_BASELINE is set as well",
  },
])("refuses $name", ({ variables, problem }) => {
  expect(() => withBaselineFile(variables)).toThrow(problem);
  expect(() => withBaselineFile(variables)).toThrow(InputError);
});
