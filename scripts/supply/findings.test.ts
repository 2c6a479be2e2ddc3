import { expect, test } from "vitest";
import { readAudit } from "./findings.ts";

test("holes that are severe are named", () => {
  const hole = (severity: string) => ({ severity, via: [], range: "<1.2.3" });
  const vulnerabilities = { a: hole("critical"), b: hole("moderate"), c: hole("high") };
  expect(readAudit(JSON.stringify({ vulnerabilities }))).toEqual({
    kind: "known",
    holes: ["a <1.2.3 (critical)", "c <1.2.3 (high)"],
  });
  expect(readAudit('{"vulnerabilities": {}}')).toEqual({ kind: "known", holes: [] });
});

test.each([
  ['{"message": "405 Method Not Allowed - POST https://example.com"}', "405 Method Not Allowed"],
  ["", "it gave no answer that can be read"],
  ["{}", "it gave no answer that can be read"],
])("%s is no answer, which is not the same as no hole", (text, why) => {
  expect(readAudit(text)).toEqual({ kind: "untold", why });
});
