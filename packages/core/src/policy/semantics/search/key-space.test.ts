import { expect, test } from "vitest";
import { contains } from "../../match/language.ts";
import type { Principal } from "../request.ts";
import { type Atom, atomOf } from "./condition.ts";
import { failTest, type KeySpace, keySpace, type Setting, stateOf } from "./key-space.ts";
import type { State } from "./state.ts";

type Written = readonly [operator: string, ...values: string[]];

function atomsOn(
  key: string,
  ...written: readonly [Written, ...Written[]]
): readonly [Atom, ...Atom[]] {
  const atoms = written.map(([operator, ...values]) =>
    atomOf({ operator, key, values }, "2012-10-17"),
  );
  return atoms as [Atom, ...Atom[]]; // as many as were written
}

function spaceOf(key: string, ...written: readonly [Written, ...Written[]]): KeySpace {
  return keySpace(atomsOn(key, ...written));
}

/** `text`, `unknowable`, or the values of a choice, with a `+` where there are others as well. */
function brief(space: KeySpace): string {
  if (space.kind !== "choice") return space.kind;
  const values = space.values.map((value) => value ?? "-").join(" ");
  return space.complete ? values : `${values} +`;
}

const like: Written = ["StringLike", "a*"];
const any: Written = ["ForAnyValue:StringLike", "a*"];
const five: Written = ["NumericLessThan", "5"];
const present: Written = ["Null", "false"];

test.each<readonly [string, string, readonly [Written, ...Written[]], string]>([
  ["a text", "aws:UserAgent", [like], "text"],
  ["a text that may be absent", "aws:UserAgent", [like, present], "text"],
  ["whether it is there alone", "aws:UserAgent", [present], "text"],
  ["an ARN", "aws:SourceArn", [["ArnLike", "arn:*"], like], "text"],
  ["an operator that nobody knows", "aws:UserAgent", [["stringlike", "a"]], "text"],
  [
    "a switch, whatever it is compared with",
    "aws:SecureTransport",
    [like, present],
    "- true false",
  ],
  ["a number", "s3:TlsVersion", [five], "- 4 5 6"],
  ["a number that may be absent", "s3:TlsVersion", [five, present], "- 4 5 6"],
  [
    "a number that is compared as a text as well",
    "s3:TlsVersion",
    [five, ["StringEquals", "1.2"]],
    "- 0.2 1.2 3 5 6 example +",
  ],
  ["bytes", "aws:PrincipalTag/x", [["BinaryEquals", "QQ=="]], "- QQ== AA== example +"],
  ["a tag that is compared as a number", "aws:PrincipalTag/x", [five], "- 4 5 6 example"],
  ["who owns the bucket", "aws:ResourceAccount", [like], "unknowable"],
  ["a tag of the bucket", "s3:BucketTag/x", [like], "unknowable"],
  ["several values under one set operator", "aws:TagKeys", [any], "text"],
  [
    "several values under one set operator, and whether there are any",
    "aws:TagKeys",
    [any, present],
    "text",
  ],
  ["several values under two set operators", "aws:TagKeys", [any, any], "- a* example +"],
  ["whether there are any of several values", "aws:TagKeys", [present], "text"],
  ["several values without a set operator", "aws:TagKeys", [like], "- a* example +"],
  [
    "several values under an operator that nobody knows",
    "aws:TagKeys",
    [["stringlike", "a"]],
    "- a example +",
  ],
  ["a key of another service, which may have several values", "saml:aud", [like], "- a* example +"],
])("%s: %s under %j is %s", (_what, key, written, expected) => {
  expect(brief(spaceOf(key, ...written))).toBe(expected);
});

const account = "111122223333";
const user: Principal = { kind: "user", account, arn: `arn:aws:iam::${account}:user/ann` };
const setting: Setting = {
  mode: "sure",
  caller: user,
  action: "s3:GetObject",
  budget: { left: 100_000 },
};

/** Which of these a key may be, `undefined` for absence; and which it may be according to a witness. */
function among(state: State | undefined, candidates: readonly (string | undefined)[]) {
  if (state === undefined) return [];
  if (state.kind === "choice") return state.left.map((place) => state.values[place]);
  return candidates.filter((one) =>
    one === undefined
      ? state.absent
      : state.present !== undefined && contains(state.present.language, one),
  );
}

const arn = "arn:aws:s3:::b";

test.each<readonly [string, string, Written, Partial<Setting>, readonly (string | undefined)[]]>([
  ["any text", "aws:UserAgent", like, {}, [undefined, "", "text", arn]],
  ["a token, which is not empty", "s3:authType", like, {}, [undefined, "text", arn]],
  [
    "an ARN and nothing else",
    "aws:SourceArn",
    like,
    { caller: { kind: "service", service: "s" } },
    [undefined, arn],
  ],
  ["only absent, of those who do not have it", "aws:SourceArn", like, {}, [undefined]],
  [
    "an ARN even of those, for a proof",
    "aws:SourceArn",
    like,
    { mode: "possible" },
    [undefined, arn],
  ],
  ["absent where no request has the key", "aws:Frobnicate", like, {}, [undefined]],
  [
    "any text where no request has the key, for a proof",
    "aws:Frobnicate",
    like,
    { mode: "possible" },
    [undefined, "", "text", arn],
  ],
  ["absent in requests that do not have it", "s3:prefix", like, {}, [undefined]],
  [
    "any text in requests that have it",
    "s3:prefix",
    like,
    { action: "s3:ListBucket" },
    [undefined, "", "text", arn],
  ],
  [
    "any text in requests of the future",
    "s3:prefix",
    like,
    { action: undefined },
    [undefined, "", "text", arn],
  ],
  [
    "any text in all requests, for a proof",
    "s3:prefix",
    like,
    { mode: "possible" },
    [undefined, "", "text", arn],
  ],
  [
    "a number or absent",
    "s3:max-keys",
    five,
    { action: "s3:ListBucket" },
    [undefined, "4", "5", "6"],
  ],
  ["no number in other requests", "s3:max-keys", five, {}, [undefined]],
  [
    "a time, and not before the keys were listed",
    "aws:CurrentTime",
    ["DateEquals", "2026-01-01T00:00:00Z"],
    {},
    ["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z"],
  ],
  [
    "any time, for a proof",
    "aws:CurrentTime",
    ["DateEquals", "2026-01-01"],
    { mode: "possible" },
    [undefined, "2025-12-31T23:59:59.000Z", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z"],
  ],
  ["no time where all times are past", "aws:CurrentTime", ["DateEquals", "2025-01-01"], {}, []],
  ["a time that is compared as a text", "aws:CurrentTime", like, {}, [undefined, "", "text", arn]],
  ["a whole number of days", "glacier:ArchiveAgeInDays", ["NumericEquals", "1.5"], {}, [undefined]],
  [
    "parts of a day, for a proof",
    "glacier:ArchiveAgeInDays",
    ["NumericEquals", "1.5"],
    { mode: "possible" },
    [undefined, "0.5", "1.5", "2.5"],
  ],
])("a key may be %s: %s under %j", (_what, key, written, change, expected) => {
  const state = stateOf(spaceOf(key, written), [], { ...setting, ...change });
  expect(among(state, [undefined, "", "text", arn])).toEqual(expected);
});

test("an ARN has six parts, the last of which may have colons", () => {
  const space = spaceOf("aws:SourceArn", like);
  const state = stateOf(space, [], { ...setting, mode: "possible" });
  const texts = [
    "arn:a:b:c:d:e",
    "arn:a:b:c:d:e:f",
    "arn:::::",
    "arn:a:b:c:d",
    "a:b:c:d:e:f",
    "arnabcde",
  ];
  expect(among(state, texts)).toEqual(texts.slice(0, 3));
});

test("what a class asks of a key holds for what is left of it", () => {
  const [atom] = atomsOn("s3:TlsVersion", five);
  const space = keySpace([atom]);
  expect(among(stateOf(space, [atom], setting), [])).toEqual(["4"]);
  const both = keySpace(atomsOn("s3:TlsVersion", five, ["StringEquals", "1.2"]));
  expect(among(stateOf(both, [atom], setting), [])).toEqual(["0.2", "1.2", "3"]);
  expect(among(stateOf(both, [atom], { ...setting, mode: "possible" }), [])).toEqual([
    "0.2",
    "1.2",
    "3",
    "5",
    "6",
    "example",
  ]);
  const [text] = atomsOn("aws:UserAgent", like);
  expect(among(stateOf(keySpace([text]), [text], setting), [undefined, "ab", "b"])).toEqual(["ab"]);
});

test("where there are other values than samples, each may fail in a proof and none in a witness", () => {
  const [atom] = atomsOn("s3:TlsVersion", five);
  const both = keySpace(atomsOn("s3:TlsVersion", five, ["StringEquals", "1.2"]));
  expect(failTest(both, atom, "possible")).toEqual({
    kind: "choice",
    allowed: [true, true, true, true, true, true, true],
  });
  expect(failTest(both, atom, "sure")).toEqual({
    kind: "choice",
    allowed: [true, false, false, false, true, true, true],
  });
  const [absent] = atomsOn("s3:TlsVersion", ["NumericLessThanIfExists", "5"]);
  expect(failTest(both, absent, "possible")).toEqual({
    kind: "choice",
    allowed: [false, true, true, true, true, true, true],
  });
});

test("a condition on what follows from the bucket may always fail in a proof, and never in a witness", () => {
  const [atom] = atomsOn("aws:ResourceAccount", like);
  const space = keySpace([atom]);
  expect([failTest(space, atom, "possible"), failTest(space, atom, "sure")]).toEqual([
    { kind: "always" },
    { kind: "never" },
  ]);
});
