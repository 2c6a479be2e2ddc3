import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import {
  bucket,
  drift,
  look,
  nothingMissing,
  printed,
  someLooks,
} from "../../../../test/output/scans.ts";
import { formatNamed, formatNames } from "./formats.ts";
import { tableFormat } from "./table.ts";

test("people see what is not as it should be, what would be done, and the sums", () => {
  expect(printed(tableFormat({ color: false }), someLooks())).toMatchInlineSnapshot(`
    "baseline warden.config.yaml
    looks at 111122223333 in eu-west-1

    photos  111122223333  eu-west-1
      drift      ssl-only → repair
                 plain HTTP is not denied
                 for example: s3:GetObject over HTTP by anyone
                 this would be written: policy
      drift      cors → approval
                 a rule lets every origin write
                 pages that write would stop working
                 next: approve it
      undecided  public-policy
                 a policy variable decides it
      waived     access-logging
                 server access logging is off (waived by jane until 2026-12-24: an archive, read by nobody)

    account 111122223333
      unread     cors
                 could not be read: cors (denied: AccessDenied)

    CONTROL         DRIFT  UNDECIDED  UNREAD  WAIVED  COMPLIANT  NOT-APPLICABLE
    ssl-only            1          –       –       –          –               –
    cors                1          –       1       –          –               –
    public-policy       –          1       –       –          –               –
    access-logging      –          –       –       1          –               –
    versioning          –          –       –       –          2               –
    website             –          –       –       –          –               2

    3 resources, 1 gone meanwhile, 2 drift, 1 undecided, 1 unread, 1 waived, 2 compliant, 2 not-applicable, 1 document would be written
    Could not be looked at:
      444455556666: AccessDenied: s3:ListAllMyBuckets
      111122223333 in eu-south-2: the Region is not enabled
    "
  `);
});

test("colours only underline what the words say", () => {
  const painted = printed(tableFormat({ color: true }), someLooks());
  expect(painted).toContain("\u001b[31mdrift");
  const plain = printed(tableFormat({ color: false }), someLooks());
  expect(stripVTControlCharacters(painted)).toBe(plain);
  expect(plain).not.toContain("\u001b");
});

test("lines are broken where the terminal ends, also with wide characters", () => {
  const wide = look(bucket("photos"), [drift("cors", "漢字".repeat(60), "a ".repeat(80))]);
  const text = printed(tableFormat({ color: false, width: 60 }), [wide], nothingMissing);
  const said = text.split("\n").filter((line) => /漢|a a/.test(line));
  expect(said.length).toBeGreaterThan(6);
  for (const line of said) expect(columnsOf(line)).toBeLessThanOrEqual(60);
  expect(text.replaceAll(/[^漢]/g, "")).toHaveLength(60);
});

test("a narrow terminal still shows every word", () => {
  const text = printed(tableFormat({ color: false, width: 10 }), someLooks());
  expect(text.replaceAll(/\s+/g, " ")).toContain("plain HTTP is not denied");
});

test("what strangers wrote moves no cursor and turns no line", () => {
  const hostile = look(bucket("photos"), [drift("cors", "\u001b[2Jgone\u202e", "\u0007\r\n")]);
  const text = printed(tableFormat({ color: false }), [hostile], nothingMissing);
  for (const mark of ["\u001b", "\u0007", "\r", "\u202e"]) expect(text).not.toContain(mark);
  expect(text).toContain("\ufffd[2Jgone\ufffd");
});

test("a scan that saw nothing says so", () => {
  expect(printed(tableFormat({ color: false }), [], nothingMissing)).toMatch(/0 resources\n$/);
});

test.each(formatNames)("%s is a format that prints a scan", (name) => {
  expect(printed(formatNamed(name, { color: false }), someLooks())).toContain("photos");
});

function columnsOf(line: string): number {
  return [...line].reduce((sum, it) => sum + (/[漢字]/.test(it) ? 2 : 1), 0);
}
