import { expect, test } from "vitest";
import {
  bucket,
  drift,
  end,
  look,
  nothingMissing,
  printed,
  someLooks,
} from "../../../../test/output/scans.ts";
import { csvFormat } from "./csv.ts";

test("there is a row for each finding and for what could not be looked at", () => {
  const [titles, first, ...rest] = printed(csvFormat(), someLooks()).split("\r\n");
  expect(titles).toBe(
    "account,region,kind,resource,id,control,verdict,mode,response,saw,witness,next,at",
  );
  expect(first).toBe(
    "111122223333,eu-west-1,bucket,photos,arn:aws:s3:::photos,ssl-only,drift,remediate,repair,plain HTTP is not denied,s3:GetObject over HTTP by anyone,,2026-11-20T10:15:01.000Z",
  );
  expect(rest).toHaveLength(11);
  expect(rest.at(-3)).toBe(`444455556666,,,,,,unlooked,,,${end.unlooked[0]?.why},,,`);
  expect(rest.at(-1)).toBe("");
});

test("every row has as many cells as there are titles", () => {
  const lines = printed(csvFormat(), someLooks()).split("\r\n").slice(0, -1);
  const plain = lines.filter((line) => !line.includes('"'));
  expect(plain.length).toBeGreaterThan(5);
  for (const line of plain) expect(line.split(",")).toHaveLength(13);
});

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["  =1+1", "'  =1+1"],
  ["＝1+1", "'＝1+1"],
  ['"=1+1"', `'"=1+1"`],
  ["a;=1+1", "a;'=1+1"],
  ["\t=1+1", "\ufffd=1+1"],
  ["\r=1+1", "\ufffd=1+1"],
  ["a=b", "a=b"],
  ["s3:*, -x", "s3:*, -x"],
])("%j does not become a formula: %j", (summary, safe) => {
  const text = printed(csvFormat(), [look(bucket("photos"), [drift("cors", summary)])]);
  const row = text.split("\r\n")[1] ?? "";
  const cell = /,drift,remediate,,(.*),,,2026/.exec(row)?.[1] ?? "";
  expect(unquoted(cell)).toBe(safe);
});

test("commas, quotes and line ends stay within their cell", () => {
  const said = look(bucket("photos"), [drift("cors", 'a,"b"\nc')]);
  const text = printed(csvFormat(), [said], nothingMissing);
  expect(text.split("\r\n")).toHaveLength(3);
  expect(text).toContain(',"a,""b""\ufffdc",');
});

function unquoted(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
