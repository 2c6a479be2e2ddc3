import { expect, test } from "vitest";
import { absent, present } from "../model/reading.ts";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { baselineProblems, parseBaseline } from "./document.ts";
import { originsOf } from "./layers.ts";
import { type Traits, traitsAskedFor } from "./scope.ts";
import { scopesFor, settingsFor } from "./settings.ts";

const invoices: BucketRef = {
  kind: "bucket",
  name: parseBucketName("invoices-prod", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};

const unread = { state: "unknown", reason: "denied", detail: "AccessDenied" } as const;
const tags = (value: Readonly<Record<string, string>>): Traits => ({ tags: present(value) });
const units = (...value: string[]): Traits => ({ organizationalUnits: present(value) });

const unit = "ou-ab12-11111111";
const root = "r-ab12";

interface Row {
  readonly name: string;
  readonly match: object;
  readonly traits?: Traits;
}

test.each<Row>([
  { name: "its account", match: { accounts: ["111122223333"] } },
  { name: "one account of several", match: { accounts: ["444455556666", "111122223333"] } },
  { name: "its Region", match: { regions: ["eu-west-1"] } },
  { name: "its name", match: { buckets: ["invoices-prod"] } },
  { name: "a pattern of its name", match: { buckets: ["logs-*", "*-prod"] } },
  { name: "a tag", match: { tags: { env: "prod" } }, traits: tags({ env: "prod", team: "a" }) },
  { name: "a pattern of a tag", match: { tags: { env: "pro*" } }, traits: tags({ env: "prod" }) },
  { name: "a tag of any value", match: { tags: { env: "*" } }, traits: tags({ env: "" }) },
  { name: "its unit", match: { organizationalUnits: [unit] }, traits: units(unit, root) },
  { name: "the root", match: { organizationalUnits: [root] }, traits: units(unit, root) },
  {
    name: "all criteria at once",
    match: { accounts: ["111122223333"], regions: ["eu-west-1"], tags: { env: "prod" } },
    traits: tags({ env: "prod" }),
  },
])("a scope matches by $name", ({ match, traits = {} }) => {
  expect(namesOf(match, traits)).toEqual(["the scope"]);
});

test.each<Row>([
  { name: "another account", match: { accounts: ["444455556666"] } },
  { name: "another Region", match: { regions: ["eu-west-2"] } },
  { name: "another name", match: { buckets: ["invoices"] } },
  { name: "a name in other letters", match: { buckets: ["INVOICES-*"] } },
  {
    name: "a tag of another value",
    match: { tags: { env: "dev" } },
    traits: tags({ env: "prod" }),
  },
  { name: "a tag in other letters", match: { tags: { Env: "*" } }, traits: tags({ env: "prod" }) },
  { name: "one of two tags", match: { tags: { env: "*", team: "*" } }, traits: tags({ env: "x" }) },
  { name: "a bucket without tags", match: { tags: { env: "*" } }, traits: { tags: absent } },
  { name: "a tag that all objects have", match: { tags: { toString: "*" } }, traits: tags({}) },
  { name: "another unit", match: { organizationalUnits: [unit] }, traits: units(root) },
  {
    name: "no units at all",
    match: { organizationalUnits: [unit] },
    traits: { organizationalUnits: absent },
  },
  {
    name: "one criterion that does not fit, whatever the unread one says",
    match: { buckets: ["other"], tags: { env: "prod" } },
    traits: { tags: unread },
  },
])("a scope does not match by $name", ({ match, traits = {} }) => {
  expect(namesOf(match, traits)).toEqual([]);
});

test.each([
  ["tags", { env: "prod" }, { tags: unread }, "denied", "AccessDenied"],
  ["organizationalUnits", [unit], { organizationalUnits: unread }, "denied", "AccessDenied"],
  ["tags", { env: "prod" }, {}, "failed", "it was not asked for"],
])("without the %s nobody knows which settings hold", (facet, wanted, traits, reason, detail) => {
  expect(matching({ [facet]: wanted }, traits as Traits)).toEqual({
    kind: "unknown",
    scope: "the scope",
    unread: { facet, reason, detail },
  });
});

test("only what some scope asks for has to be read", () => {
  const asked = (match: object) => [...traitsAskedFor(parseScopes([{ name: "s", match }]).scopes)];
  expect(asked({ buckets: ["*"] })).toEqual([]);
  expect(asked({ tags: { env: "*" } })).toEqual(["tags"]);
  expect(asked({ tags: { env: "*" }, organizationalUnits: [root] })).toEqual([
    "tags",
    "organizationalUnits",
  ]);
});

const layers = parseBaseline(
  {
    "ssl-only": { mode: "remediate" },
    website: { mode: "approve", allowed: ["www-*"] },
    scopes: [
      { name: "first", match: { buckets: ["*-prod"] }, settings: { website: { mode: "off" } } },
      {
        name: "second",
        match: { accounts: ["111122223333"] },
        settings: { website: { mode: "remediate", allowed: ["site"] }, "ssl-only": {} },
      },
      { name: "third", match: { buckets: ["other"] }, settings: { "ssl-only": { mode: "off" } } },
    ],
  },
  "test",
);

test("setting by setting, the first scope that matches and gives it decides", () => {
  const found = scopesFor(layers, invoices, {});
  if (found.kind !== "known") throw new Error(found.scope);
  const settings = settingsFor(layers, invoices, found.scopes);
  expect(settings.website).toEqual({ mode: "off", allowed: ["site"] });
  expect(settings["ssl-only"]).toEqual({ mode: "remediate" });
  expect(settings.versioning).toEqual({ mode: "alert" });
  const said = originsOf(layers, found.scopes).map((it) => [
    `${it.control}.${it.setting}`,
    it.from.kind === "scope" ? it.from.name : it.from.kind,
  ]);
  expect(Object.fromEntries(said)).toMatchObject({
    "website.mode": "first",
    "website.allowed": "second",
    "ssl-only.mode": "everywhere",
    "versioning.mode": "default",
  });
});

test("scopes that each fit, and together leave out what a write needs, are refused by both names", () => {
  const key = "arn:aws:kms:{region}:{account}:alias/s3";
  const together = {
    "kms-enforcement": { mode: "off" },
    scopes: [
      {
        name: "keyless",
        match: { regions: ["eu-west-1"] },
        settings: { "kms-enforcement": { enforce: "key-pinned" } },
      },
      {
        name: "strict",
        match: { buckets: ["a-*"] },
        settings: { "kms-enforcement": { mode: "alert" } },
      },
    ],
  };
  expect(baselineProblems(together)).toEqual([
    {
      path: ["scopes", 0, "settings", "default-encryption", "key"],
      problem:
        'is missing, and "key-pinned" cannot work without it where the scope "strict" matches too',
      remedy: 'Give the ARN of a KMS key, or choose another "enforce".',
    },
  ]);
  expect(baselineProblems({ ...together, "default-encryption": { key } })).toEqual([]);
});

function parseScopes(scopes: readonly object[]) {
  return parseBaseline({ scopes: scopes.map((scope) => ({ settings: {}, ...scope })) }, "test");
}

function matching(match: object, traits: Traits) {
  return scopesFor(parseScopes([{ name: "the scope", match }]), invoices, traits);
}

function namesOf(match: object, traits: Traits): readonly string[] {
  const found = matching(match, traits);
  if (found.kind === "unknown") throw new Error(found.scope);
  return found.scopes.map(({ name }) => name);
}
