import fc from "fast-check";
import { expect, test } from "vitest";
import { holds, operatorOf } from "../../operators/index.ts";
import { samplesFor } from "./samples.ts";

/** What all operators of a family say about a value, one constant at a time. */
function outcome(names: readonly string[], constants: readonly string[], value: string): string {
  const truths = names.flatMap((name) => {
    const operator = operatorOf(name);
    if (operator === undefined) throw new Error(`no operator ${name}`);
    return constants.map((constant) => holds(operator, [constant], [value]));
  });
  return truths.join(" ");
}

const small = fc.integer({ min: -2, max: 3 });
const byte = fc.constantFrom(0, 1, 9, 10, 11, 127, 128, 255);
const v4 = fc.tuple(byte, byte, byte, byte).map((parts) => parts.join("."));
const v6 = fc.tuple(byte, byte).map(([a, b]) => `2001:db8:${a.toString(16)}::${b.toString(16)}`);
const range = (address: fc.Arbitrary<string>, most: number) =>
  fc.tuple(address, fc.integer({ min: 0, max: most })).map(([one, prefix]) => `${one}/${prefix}`);
const time = fc
  .integer({ min: 0, max: 5 })
  .map((at) => new Date(1_780_000_000_000 + at * 500).toISOString());

test.each([
  {
    family: "numeric" as const,
    operators: ["NumericEquals", "NumericLessThan", "NumericGreaterThanEquals"],
    constants: small.map(String),
    values: small.chain((whole) => fc.constantFrom(`${whole}`, `${whole}.5`, `${whole}.25`)),
  },
  {
    family: "date" as const,
    operators: ["DateEquals", "DateLessThan", "DateGreaterThanEquals"],
    constants: time,
    values: time,
  },
  {
    family: "ip" as const,
    operators: ["IpAddress", "NotIpAddress"],
    constants: fc.oneof(range(v4, 32), range(v6, 128), v4),
    values: fc.oneof(v4, v6),
  },
  {
    family: "bool" as const,
    operators: ["Bool"],
    constants: fc.constantFrom("true", "false", "x"),
    values: fc.constantFrom("true", "false"),
  },
  {
    family: "binary" as const,
    operators: ["BinaryEquals"],
    constants: fc.constantFrom("QQ==", "QUI=", ""),
    values: fc.constantFrom("QQ==", "QUI=", "QUJD"),
  },
])("for every $family value there is a sample that fares the same", (row) => {
  fc.assert(
    fc.property(
      fc.array(row.constants, { minLength: 1, maxLength: 4 }),
      row.values,
      (constants, value) => {
        const samples = samplesFor(row.family, constants);
        const fates = samples.map((sample) => outcome(row.operators, constants, sample));
        expect(fates).toContain(outcome(row.operators, constants, value));
      },
    ),
    { numRuns: 1000 },
  );
});

test.each<
  readonly [string, Parameters<typeof samplesFor>[0], readonly string[], readonly string[]]
>([
  [
    "numbers as they are written, and between and beyond them",
    "numeric",
    ["3", "1.50"],
    ["0.5", "1.50", "2", "3", "4"],
  ],
  ["a number where no constant is one", "numeric", ["many", "1e3"], ["0"]],
  ["numbers beside a constant that is none", "numeric", ["many", "5"], ["4", "5", "6"]],
  [
    "a fraction where two whole numbers are neighbours",
    "numeric",
    ["1", "2"],
    ["0", "1", "1.5", "2", "3"],
  ],
  [
    "dates a second apart",
    "date",
    ["soon", "2026-05-01"],
    ["2026-04-30T23:59:59.000Z", "2026-05-01T00:00:00.000Z", "2026-05-01T00:00:01.000Z"],
  ],
  [
    "both addresses of the books, then the borders of ranges",
    "ip",
    ["10.1.2.3/8", "none"],
    ["203.0.113.7", "198.51.100.7", "10.0.0.0", "11.0.0.0", "0.0.0.0", "0:0:0:0:0:0:0:0"],
  ],
  [
    "the first address behind the last one",
    "ip",
    ["255.0.0.0/8"],
    ["203.0.113.7", "198.51.100.7", "255.0.0.0", "0.0.0.0", "0.0.0.0", "0:0:0:0:0:0:0:0"],
  ],
  ["bytes that no constant is", "binary", ["QQ=="], ["QQ==", "AA=="]],
])("%s: %s %j", (_what, family, constants, samples) => {
  expect(samplesFor(family, constants)).toEqual(samples);
});
