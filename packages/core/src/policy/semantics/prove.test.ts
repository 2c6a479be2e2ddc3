import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import type { Guarantee } from "../guarantees/guarantee.ts";
import { parse } from "../syntax/parse.ts";
import { prove } from "./prove.ts";

const sslOnly = guarantee("ssl-only", {}, { bucket: "b", partition: "aws" });
const [own] = sslOnly.statements;
const reader = { ...own, Sid: "reader", Effect: "Allow", Condition: undefined };

function verdict(...statements: readonly object[]) {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  return prove(parsed.policy, sslOnly);
}

test.each<readonly [string, readonly object[], readonly number[]]>([
  ["the one that gives it", [reader, { ...own }], [1]],
  [
    "each of those that give it together, in their order",
    [
      { ...own, Resource: "arn:aws:s3:::b/*" },
      reader,
      { ...own, Action: "iam:*" },
      { ...own, Resource: "arn:aws:s3:::b" },
    ],
    [0, 3],
  ],
  [
    "those that give it in the end, whatever is tried first",
    [
      { ...own, Resource: "arn:aws:s3:::b" },
      { ...own, Resource: "arn:aws:s3:::b/*" },
    ],
    [0, 1],
  ],
])("a proof names %s", (_what, statements, by) => {
  expect(verdict(...statements)).toEqual({ kind: "proven", by });
});

test("a request that an Allow lets pass slips through", () => {
  expect(verdict(reader)).toMatchObject({
    kind: "refuted",
    witness: { principal: { kind: "anonymous" }, action: "s3:GetObject" },
  });
});

test("without a policy there may be a doubt as well", () => {
  const before = {
    operator: "DateLessThan",
    key: "aws:CurrentTime",
    values: ["2025-01-01T00:00:00Z"],
  };
  const mustDeny = sslOnly.mustDeny.map((requests) => ({ ...requests, where: [before] }));
  const past: Guarantee = { ...sslOnly, mustDeny };
  expect(prove(undefined, past)).toMatchObject({
    kind: "undecided",
    why: expect.stringContaining("only a request slips through that is unlikely to exist"),
  });
});

test("a request that slips through counts more than a doubt about another", () => {
  const [http] = sslOnly.mustDeny;
  const past = {
    operator: "DateLessThan",
    key: "aws:CurrentTime",
    values: ["2025-01-01T00:00:00Z"],
  };
  const mustDeny = sslOnly.mustDeny.map((requests) => ({ ...requests, where: [past] }));
  const both: Guarantee = { ...sslOnly, mustDeny: [...mustDeny, ...(http ? [http] : [])] };
  expect(prove(undefined, both).kind).toBe("refuted");
});

test.each<readonly [string, object]>([
  ["proves nothing", {}],
  ["shows no request either", { StringNotLike: { "aws:UserAgent": `\${aws:TagKeys}` } }],
])("a search that is given up %s", (_what, doubt) => {
  // A key escapes these only if it has all the words at once.
  const words = Array.from({ length: 20 }, (_, at) => {
    const word = (place: number) => "abcdef".charAt((place * 5) % 6);
    const NotResource = `arn:aws:s3:::b/*${word(at)}${"?".repeat(at)}${word(at + 1)}*`;
    const Condition = { ...own?.Condition, ...doubt };
    return { ...own, Resource: undefined, NotResource, Condition };
  });
  expect(verdict(...words)).toEqual({
    kind: "undecided",
    why: "the policy is so intricate that the search for a request that slips through was given up",
  });
});
