import type { Finding, Look } from "@bucket-warden/core/model";
import { XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import {
  type FormatName,
  formatNamed,
  formatNames,
} from "../../packages/cli/src/output/formats.ts";
import { hostileTexts } from "../arbitraries/hostile.ts";
import { requirePrintable } from "../fuzz/door.ts";
import { bucket, end, head, look } from "../output/scans.ts";

/** A scan in which everything that a stranger can choose is this text. */
function scanSaying(text: string): readonly Look[] {
  const on = bucket("photos");
  if (on.kind !== "bucket") throw new Error("a bucket is a bucket");
  const control = "ssl-only";
  const actor = { arn: text, type: text, role: text, userAgent: text };
  const event = { eventName: text, eventId: text, eventTime: text };
  const who = { kind: "known", ...event, actor } as const;
  const seen = { summary: text, witness: text };
  const waiver = {
    approver: text,
    reason: text,
    ticket: text,
    until: text,
    ending: "later",
  } as const;
  const assessments: readonly Finding["assessment"][] = [
    { kind: "compliant", evidence: text },
    { kind: "drift", ...seen, allowance: { mode: "automatic" }, intents: [] },
    { kind: "not-applicable", why: text },
    { kind: "undecided", why: text },
    { kind: "unread", facets: [{ facet: "policy", reason: text, detail: text }] },
    { kind: "waived", ...seen, ...waiver },
  ];
  const findings = assessments.map(
    (assessment) => ({ control, mode: "alert", assessment, who }) as const,
  );
  const held = {
    control,
    kind: "approval",
    why: text,
    next: text,
    impact: [text],
    by: actor,
  } as const;
  const absent = { state: "absent" } as const;
  const step = {
    document: "policy",
    on,
    controls: [control],
    before: absent,
    after: { text },
  } as const;
  return [
    look(on, findings, { steps: [step], held: [{ ...held, wanted: [step] }] }),
    look(on, findings, { steps: [step] }),
  ];
}

function printedAs(name: FormatName, text: string): string {
  const format = formatNamed(name, { color: false });
  const unlooked = end.unlooked.map((it) => ({ ...it, why: text }));
  const looks = scanSaying(text).map(format.look).join("");
  return `${format.head({ ...head, baseline: text })}${looks}${format.end({ ...end, unlooked })}`;
}

test.each(hostileTexts)("a text that $name forges no line in any format", ({ text }) => {
  for (const name of formatNames) {
    const [lines, usual] = [text, "harmless"].map((it) => printedAs(name, it).split("\n"));
    expect(lines?.length).toBe(usual?.length);
    // RFC 4180 ends its lines with both.
    for (const line of lines ?? []) requirePrintable(line.replace(/\r$/, ""));
  }
});

test.each(hostileTexts)("a text that $name is only text to programs", ({ text }) => {
  const json = JSON.parse(printedAs("json", text));
  expect(json.looks[0].findings[1].assessment.summary).toBe(text);
  expect(JSON.parse(printedAs("sarif", text)).runs[0].results).toHaveLength(6);
  expect(JSON.parse(printedAs("asff", text))).toHaveLength(12);
  for (const line of printedAs("ocsf", text).trimEnd().split("\n")) JSON.parse(line);
  expect(XMLValidator.validate(printedAs("junit", text))).toBe(true);
});

test.each(hostileTexts)("a text that $name links nowhere in SARIF", ({ text }) => {
  for (const { message } of JSON.parse(printedAs("sarif", text)).runs[0].results) {
    expect(message.text).not.toMatch(/(?<!\\)\[[^\]]*(?<!\\)\]\(/);
  }
});

test.each(hostileTexts)("a text that $name starts no formula in a spreadsheet", ({ text }) => {
  const rows = printedAs("csv", text).split("\r\n").slice(1, -1);
  for (const cell of rows.flatMap(cellsOf)) expect(cell).not.toMatch(/^["\s]*[=+\-@]/);
  for (const row of rows) expect(cellsOf(row)).toHaveLength(13);
});

test.each(hostileTexts)("a text that $name stays in the data of the page", ({ text }) => {
  const page = printedAs("html", text);
  const [, data = ""] =
    /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page) ?? [];
  expect(page.split("<script")).toHaveLength(3);
  expect(data).not.toContain("<");
  expect(JSON.parse(data).findings).toHaveLength(8);
});

test("a text is no command to the runner of GitHub, wherever a line begins with it", () => {
  const lines = printedAs("table", "::error file=a::b").split("\n");
  expect(lines.filter((line) => line.trimStart().startsWith("::"))).toEqual([]);
});

/** The cells of a line as RFC 4180 has them. */
function cellsOf(row: string): readonly string[] {
  const cells = [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)];
  return cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}
