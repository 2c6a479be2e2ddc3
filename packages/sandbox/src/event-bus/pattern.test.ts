import { InputError } from "@bucket-warden/core/kernel";
import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern, parsePattern } from "./pattern.ts";

const matches = (pattern: unknown, event: unknown) =>
  matchesPattern(parsePattern(JSON.stringify(pattern)), event);

const cases: readonly [string, unknown, unknown, boolean][] = [
  ["a value that is in the list matches", { a: ["x", "y"] }, { a: "y", b: 1 }, true],
  ["a value that is not in the list does not match", { a: ["x"] }, { a: "z" }, false],
  ["a missing member does not match", { a: ["x"] }, {}, false],
  ["every member must match", { a: ["x"], b: ["y"] }, { a: "x", b: "z" }, false],
  ["numbers match as numbers", { a: [1] }, { a: 1 }, true],
  ["a number is not true", { a: [1] }, { a: true }, false],
  ["a number is not its text", { a: [1] }, { a: "1" }, false],
  ["null matches null", { a: [null] }, { a: null }, true],
  ["null does not match an empty text", { a: [null] }, { a: "" }, false],
  ["false matches false", { a: [false] }, { a: false }, true],
  ["the empty text matches itself", { a: [""] }, { a: "" }, true],

  ["members nest", { a: { b: ["x"] } }, { a: { b: "x" } }, true],
  ["a leaf does not match an object", { a: ["x"] }, { a: { b: "x" } }, false],
  ["an object does not match a leaf", { a: { b: ["x"] } }, { a: "x" }, false],
  ["one element of a list is enough", { a: ["x"] }, { a: ["w", "x"] }, true],
  ["an empty list matches nothing", { a: ["x"] }, { a: [] }, false],
  ["one object in a list is enough", { a: { b: ["x"] } }, { a: [{ b: "w" }, { b: "x" }] }, true],
  [
    "the members must come from the same object of a list",
    { a: { b: ["x"], c: ["y"] } },
    {
      a: [
        { b: "x", c: "n" },
        { b: "n", c: "y" },
      ],
    },
    false,
  ],

  ["a prefix matches", { a: [{ prefix: "Put" }] }, { a: "PutBucketPolicy" }, true],
  ["a prefix is case-sensitive", { a: [{ prefix: "put" }] }, { a: "PutBucketPolicy" }, false],
  [
    "a prefix can ignore case",
    { a: [{ prefix: { "equals-ignore-case": "put" } }] },
    { a: "PutX" },
    true,
  ],
  ["the empty prefix matches every text", { a: [{ prefix: "" }] }, { a: "x" }, true],
  ["a prefix never matches a number", { a: [{ prefix: "1" }] }, { a: 12 }, false],
  ["a suffix matches", { a: [{ suffix: ".png" }] }, { a: "x.png" }, true],
  [
    "a suffix can ignore case",
    { a: [{ suffix: { "equals-ignore-case": ".PNG" } }] },
    { a: "x.png" },
    true,
  ],
  ["equals-ignore-case matches", { a: [{ "equals-ignore-case": "ALICE" }] }, { a: "alice" }, true],
  [
    "equals-ignore-case takes the whole text",
    { a: [{ "equals-ignore-case": "ALICE" }] },
    { a: "alices" },
    false,
  ],

  ["exists true wants the member", { a: [{ exists: true }] }, {}, false],
  ["exists true takes null", { a: [{ exists: true }] }, { a: null }, true],
  ["exists false wants it absent", { a: [{ exists: false }] }, {}, true],
  ["exists false refuses a value", { a: [{ exists: false }] }, { a: "x" }, false],
  ["exists false holds below a missing parent", { a: { b: [{ exists: false }] } }, {}, true],
  [
    "exists speaks of leaves, so an object does not exist",
    { a: [{ exists: true }] },
    { a: { b: 1 } },
    false,
  ],
  ["exists false is one choice among others", { a: [{ exists: false }, "x"] }, { a: "x" }, true],

  ["anything-but excludes a value", { a: [{ "anything-but": "x" }] }, { a: "x" }, false],
  ["anything-but lets others through", { a: [{ "anything-but": ["x", "y"] }] }, { a: "z" }, true],
  ["anything-but needs a value", { a: [{ "anything-but": "x" }] }, {}, false],
  ["anything-but excludes numbers", { a: [{ "anything-but": [1, 2] }] }, { a: 2 }, false],
  ["anything-but a prefix", { a: [{ "anything-but": { prefix: "Get" } }] }, { a: "GetX" }, false],
  [
    "anything-but several prefixes",
    { a: [{ "anything-but": { prefix: ["Get", "List"] } }] },
    { a: "PutX" },
    true,
  ],
  [
    "anything-but a suffix",
    { a: [{ "anything-but": { suffix: "Tagging" } }] },
    { a: "PutTagging" },
    false,
  ],
  [
    "anything-but ignoring case",
    { a: [{ "anything-but": { "equals-ignore-case": ["X"] } }] },
    { a: "x" },
    false,
  ],
  [
    "anything-but a wildcard",
    { a: [{ "anything-but": { wildcard: "a*c" } }] },
    { a: "abc" },
    false,
  ],

  ["a wildcard spans anything", { a: [{ wildcard: "a*/c" }] }, { a: "a/b/c" }, true],
  ["a wildcard takes the whole text", { a: [{ wildcard: "a*" }] }, { a: "ba" }, false],
  ["other characters of a wildcard are plain", { a: [{ wildcard: "a.c*" }] }, { a: "abcd" }, false],
  ["an escaped star is a star", { a: [{ wildcard: "a\\*b" }] }, { a: "a*b" }, true],
  ["an escaped star is nothing else", { a: [{ wildcard: "a\\*b" }] }, { a: "axb" }, false],

  ["a number inside both bounds matches", { a: [{ numeric: [">", 0, "<=", 5] }] }, { a: 5 }, true],
  ["a number outside does not", { a: [{ numeric: [">", 0, "<=", 5] }] }, { a: 0 }, false],
  ["numeric equality", { a: [{ numeric: ["=", 3] }] }, { a: 3.0 }, true],
  ["numeric below", { a: [{ numeric: ["<", 3] }] }, { a: 2 }, true],
  ["a text is no number", { a: [{ numeric: ["=", 3] }] }, { a: "3" }, false],

  [
    "an address inside the block matches",
    { a: [{ cidr: "10.0.0.0/24" }] },
    { a: "10.0.0.255" },
    true,
  ],
  ["an address outside does not", { a: [{ cidr: "10.0.0.0/24" }] }, { a: "10.0.1.0" }, false],
  ["IPv6 blocks work", { a: [{ cidr: "2001:db8::/32" }] }, { a: "2001:db8:1::1" }, true],
  [
    "an IPv4 address is in no IPv6 block",
    { a: [{ cidr: "2001:db8::/32" }] },
    { a: "10.0.0.1" },
    false,
  ],
  [
    "other text is in no block",
    { a: [{ cidr: "0.0.0.0/0" }] },
    { a: "cloudformation.amazonaws.com" },
    false,
  ],

  ["$or takes either", { $or: [{ a: ["x"] }, { b: ["y"] }] }, { b: "y" }, true],
  ["$or wants one", { $or: [{ a: ["x"] }, { b: ["y"] }] }, { a: "n", b: "n" }, false],
  [
    "$or comes on top of the other members",
    { c: ["z"], $or: [{ a: ["x"] }, { b: ["y"] }] },
    { a: "x" },
    false,
  ],
  [
    "$or nests",
    { a: { $or: [{ b: ["x"] }, { c: [{ numeric: [">", 1] }] }] } },
    { a: { c: 2 } },
    true,
  ],
  ["$or with one alternative is an ordinary member", { $or: ["x"] }, { $or: "x" }, true],
];

test.each(cases)("%s", (_title, pattern, event, expected) => {
  expect(matches(pattern, event)).toBe(expected);
});

const refusals: readonly [string, string, string][] = [
  ["text that is not JSON", "{", "it is not JSON"],
  ["an empty pattern", "{}", "it is empty"],
  ["an empty list", '{"a":[]}', "the list is empty"],
  ["a value outside a list", '{"a":"x"}', "it is neither an object nor a list of values"],
  ["an operator that does not exist", '{"a":[{"regex":"x"}]}', "Unrecognized match type regex"],
  [
    "an operator named like an object's own member",
    '{"a":[{"toString":"x"}]}',
    "Unrecognized match type toString",
  ],
  [
    "two operators in one matcher",
    '{"a":[{"prefix":"x","suffix":"y"}]}',
    "Only one key allowed in match expression",
  ],
  ["exists of a text", '{"a":[{"exists":"true"}]}', "exists must be true or false"],
  ["a numeric range of texts", '{"a":[{"numeric":["<","5"]}]}', "numeric bounds must be numbers"],
  [
    "a numeric range of an unknown sign",
    '{"a":[{"numeric":["!",5]}]}',
    "Unrecognized numeric range operator: !",
  ],
  [
    "half a numeric range",
    '{"a":[{"numeric":["<"]}]}',
    "numeric must be a list of operators and numbers",
  ],
  ["a block that is none", '{"a":[{"cidr":"10.0.0.0/33"}]}', "Malformed CIDR, 10.0.0.0/33"],
  ["two stars in a row", '{"a":[{"wildcard":"a**b"}]}', "Consecutive wildcard characters"],
  [
    "anything-but exists",
    '{"a":[{"anything-but":{"exists":true}}]}',
    "Unsupported anything-but pattern: exists",
  ],
  ["anything-but nothing", '{"a":[{"anything-but":[]}]}', "anything-but must not be empty"],
  [
    "anything-but texts and numbers",
    '{"a":[{"anything-but":["x",1]}]}',
    "anything-but takes either",
  ],
  ["anything-but true", '{"a":[{"anything-but":[true]}]}', "anything-but takes either strings"],
  ["a bound of six billion", '{"a":[{"numeric":["<",6e9]}]}', "numeric bounds end at 5.0e9"],
  ["a bad alternative", '{"$or":[{"a":["x"]},{"a":[]}]}', "the list is empty"],
];

test.each(refusals)("refuses %s", (_title, json, problem) => {
  expect(() => parsePattern(json)).toThrow(problem);
  expect(() => parsePattern(json)).toThrow(InputError);
});

test("a pattern may have 2,048 characters and no more", () => {
  const pattern = (length: number) =>
    JSON.stringify({ a: ["x".repeat(length - '{"a":[""]}'.length)] });
  expect(() => parsePattern(pattern(2048))).not.toThrow();
  expect(() => parsePattern(pattern(2049))).toThrow("it has 2049 characters, more than 2048");
});

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));

test("a pattern made of an event's own leaves matches that event", () => {
  const event = fc.dictionary(fc.string({ minLength: 1 }), scalar, { minKeys: 1, maxKeys: 5 });
  fc.assert(
    fc.property(event, (members) => {
      fc.pre(!Object.hasOwn(members, "$or"));
      const pattern = Object.fromEntries(Object.entries(members).map(([k, v]) => [k, [v]]));
      return matches(pattern, members);
    }),
  );
});

test("anything-but a value and that value never both match", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer()), scalar, (excluded, value) => {
      const but = matches({ a: [{ "anything-but": [excluded] }] }, { a: value });
      return but !== matches({ a: [excluded] }, { a: value });
    }),
  );
});
