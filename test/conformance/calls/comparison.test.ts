import { expect, test } from "vitest";
import { comparisonOf } from "./comparison.ts";
import { answered, refused, showing } from "./row.ts";

const seen = (output: unknown) => ({ kind: "answered", output }) as const;

test("ids, dates and members without a value do not count", () => {
  const output = {
    Arn: "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0000-4000-8000-00000000000f",
    CreationDate: new Date(0),
    ExpirationDate: "2026-11-22T09:00:00.000Z",
    Owner: { ID: "0123456789abcdef".repeat(4), DisplayName: undefined },
  };
  expect(comparisonOf(answered(), seen(output)).seen).toEqual(
    seen({
      Arn: "arn:aws:kms:us-east-1:111122223333:key/<id>",
      CreationDate: "<date>",
      ExpirationDate: "<date>",
      Owner: { ID: "<canonical id>" },
    }),
  );
});

test("everything that was answered counts, unless only a part is expected", () => {
  const output = { Rules: [{ ID: "a", Status: "Enabled" }, { ID: "b" }], More: 1 };
  const part = { Rules: [{ ID: "a" }] };
  expect(comparisonOf(answered(part), seen(output)).seen).toEqual(seen(output));
  const { expected, seen: shown } = comparisonOf(showing(part), seen(output));
  expect(expected).toEqual(seen(part));
  // A list is expected as a whole.
  expect(shown).toEqual(seen({ Rules: [{ ID: "a" }, { ID: "b" }] }));
});

test("a refusal is not an empty answer", () => {
  const missing = refused("NoSuchThing", 404);
  expect(comparisonOf(missing, seen({}))).toEqual({ expected: missing, seen: seen({}) });
  const { expected, seen: shown } = comparisonOf(showing({}), {
    kind: "refused",
    name: "NoSuchThing",
    status: 404,
  });
  expect([expected, shown]).toEqual([
    seen({}),
    { kind: "refused", name: "NoSuchThing", status: 404 },
  ]);
});
