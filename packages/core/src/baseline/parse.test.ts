import { expect, test } from "vitest";
import { InputError } from "../kernel/input-error.ts";
import { parseBaseline } from "./document.ts";
import { layered } from "./layers.ts";

const key = "arn:aws:kms:{region}:{account}:alias/buckets";

const defaults = {
  "ssl-only": { mode: "alert" },
  "tls-minimum": { mode: "off", minimum: "1.2" },
  "presigned-url-age": { mode: "off", maxAgeSeconds: 86_400 },
  "kms-enforcement": { mode: "alert", enforce: "header-optional", dsse: "accepted" },
  "default-encryption": { mode: "alert", algorithm: "SSE-KMS", bucketKey: true },
  "client-side-encryption": {
    mode: "alert",
    buckets: [],
    tag: "client-side-encryption",
    values: ["required"],
  },
  "kms-key-health": { mode: "alert", accounts: [], keys: "any" },
  "sse-c-blocked": { mode: "alert", allowed: [] },
  "account-public-access": { mode: "alert", organizationPolicy: "not-read" },
  "public-access-block": { mode: "alert", level: "effective" },
  "public-policy": { mode: "alert" },
  "access-points": { mode: "alert", origin: "any", accounts: [] },
  "ownership-acl": { mode: "alert" },
  cors: { mode: "alert" },
  website: { mode: "alert", allowed: [] },
  "access-logging": { mode: "alert", prefix: "{bucket}/", accept: "either" },
  "log-target-health": { mode: "alert" },
  versioning: { mode: "alert" },
  "mfa-delete": { mode: "alert", buckets: [] },
  "object-lock": { mode: "alert", minimum: { mode: "GOVERNANCE", days: 1 }, buckets: [] },
  "vault-lock": { mode: "alert", vaults: [], minimumDays: 1, accounts: [] },
  "trail-health": { mode: "alert", require: [] },
  "object-lambda": { mode: "alert", allowed: [], accounts: [] },
  "multi-region-access-points": { mode: "alert", accounts: [] },
};

/** The settings of a bucket for which no scope is made. */
function controlsIn(input: unknown) {
  return layered(parseBaseline(input, "baseline").everywhere, []);
}

test("an empty baseline alerts on nearly everything and writes nothing", () => {
  expect(controlsIn({})).toEqual(defaults);
});

test("a control that is named without settings keeps its defaults", () => {
  const named = Object.fromEntries(Object.keys(defaults).map((id) => [id, {}]));
  expect(controlsIn(named)).toEqual(defaults);
});

test("every setting can be given", () => {
  const given = {
    "ssl-only": { mode: "remediate" },
    "tls-minimum": { mode: "approve", minimum: "1.3" },
    "presigned-url-age": { mode: "alert", maxAgeSeconds: 604_800 },
    "kms-enforcement": { mode: "approve", enforce: "key-pinned", dsse: "required" },
    "default-encryption": { mode: "remediate", algorithm: "DSSE", key, bucketKey: false },
    "client-side-encryption": {
      mode: "alert",
      buckets: ["health-*"],
      tag: "data/cse",
      values: ["yes", ""],
    },
    "kms-key-health": { mode: "alert", accounts: ["000011112222"], keys: "customer-managed" },
    "sse-c-blocked": { mode: "remediate", allowed: ["legacy-*"] },
    "account-public-access": { mode: "approve", organizationPolicy: "read" },
    "public-access-block": { mode: "remediate", level: "bucket" },
    "public-policy": { mode: "off" },
    "access-points": { mode: "alert", origin: "vpc", accounts: ["444455556666"] },
    "ownership-acl": { mode: "remediate" },
    cors: { mode: "approve" },
    website: { mode: "alert", allowed: ["*-site"] },
    "access-logging": {
      mode: "remediate",
      target: "logs-{account}-{region}",
      prefix: "{partition}/",
      accept: "server-access-logs",
      keyFormat: "partitioned-by-event-time",
      maxLogAgeHours: 168,
    },
    "log-target-health": { mode: "off" },
    versioning: { mode: "off" },
    "mfa-delete": { mode: "alert", buckets: ["ledger-*"] },
    "object-lock": {
      mode: "alert",
      minimum: { mode: "COMPLIANCE", days: 36_500 },
      buckets: ["ledger-*"],
    },
    "vault-lock": {
      mode: "alert",
      vaults: ["records-*"],
      minimumDays: 2_555,
      accounts: ["444455556666"],
    },
    "trail-health": { mode: "off", require: ["kms-encryption", "log-file-validation"] },
    "object-lambda": {
      mode: "alert",
      allowed: [
        { name: "redacted-*", function: "arn:*:redact", supportingAccessPoint: "arn:*/plain" },
        { name: "any" },
      ],
      accounts: ["444455556666"],
    },
    "multi-region-access-points": { mode: "off", accounts: ["444455556666"] },
  };
  expect(controlsIn(given)).toEqual(given);
});

test.each([
  "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000001",
  "arn:{partition}:kms:{region}:{account}:alias/buckets",
  "arn:aws-us-gov:kms:us-gov-west-1:{account}:key/mrk-0123456789abcdef",
])("the key can be %s", (named) => {
  const baseline = controlsIn({ "default-encryption": { key: named } });
  expect(baseline["default-encryption"].key).toBe(named);
});

function problemIn(input: unknown): string {
  try {
    parseBaseline(input, "warden.json");
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "no problem";
}

const remedy = "Correct it; docs/baseline.md lists every setting with its default.";
const notAKey =
  "is not the ARN of a KMS key or alias, e.g. arn:aws:kms:{region}:{account}:alias/s3";
const notATarget = "is not the name of a bucket, e.g. logs-{account}-{region}";
const modes = '"remediate"|"approve"|"alert"|"off"';

test.each([
  {
    name: "nothing",
    input: undefined,
    problem: `warden.json: Invalid input: expected object, received undefined. ${remedy}`,
  },
  {
    name: "a list",
    input: [],
    problem: `warden.json: Invalid input: expected object, received array. ${remedy}`,
  },
  {
    name: "a misspelt control",
    input: { "ssl-onyl": {} },
    problem: 'warden.json, ssl-onyl: is not a setting. Did you mean "ssl-only"?',
  },
  {
    name: "a misspelt setting",
    input: { versioning: { Mode: "alert" } },
    problem: 'warden.json, versioning.Mode: is not a setting. Did you mean "mode"?',
  },
  {
    name: "a control that is switched off by false",
    input: { versioning: false },
    problem: `warden.json, versioning: Invalid input: expected object, received boolean. ${remedy}`,
  },
  {
    name: "an unknown mode",
    input: { "ssl-only": { mode: "fix" } },
    problem: `warden.json, ssl-only.mode: Invalid option: expected one of ${modes}. ${remedy}`,
  },
  {
    name: "an unknown enforcement",
    input: { "kms-enforcement": { enforce: "strict" } },
    problem: `warden.json, kms-enforcement.enforce: Invalid option: expected one of "header-optional"|"header-required"|"key-pinned". ${remedy}`,
  },
  {
    name: "an algorithm by the name that S3 gives it",
    input: { "default-encryption": { algorithm: "aws:kms" } },
    problem: `warden.json, default-encryption.algorithm: Invalid option: expected one of "SSE-S3"|"SSE-KMS"|"DSSE". ${remedy}`,
  },
  {
    name: "an account id that lost its zeros",
    input: { "kms-key-health": { accounts: ["111122223333", "11112222"] } },
    problem: `warden.json, kms-key-health.accounts.1: is not an account id of twelve digits. ${remedy}`,
  },
  {
    name: "a bare key id",
    input: { "default-encryption": { key: "00000000-0000-4000-8000-000000000001" } },
    problem: `warden.json, default-encryption.key: ${notAKey}. ${remedy}`,
  },
  {
    name: "the ARN of something else",
    input: { "default-encryption": { key: "arn:aws:s3:::key/x" } },
    problem: `warden.json, default-encryption.key: ${notAKey}. ${remedy}`,
  },
  {
    name: "an unknown placeholder in the key",
    input: { "default-encryption": { key: "arn:aws:kms:{Region}:{account}:alias/s3" } },
    problem: `warden.json, default-encryption.key: holds an unknown placeholder; known are {account}, {region}, {bucket}, {partition}. ${remedy}`,
  },
  {
    name: "a Bucket Key that is text",
    input: { "default-encryption": { bucketKey: "yes" } },
    problem: `warden.json, default-encryption.bucketKey: Invalid input: expected boolean, received string. ${remedy}`,
  },
  {
    name: "an unclosed placeholder in the target",
    input: { "access-logging": { target: "logs-{account" } },
    problem: `warden.json, access-logging.target: holds an unknown placeholder; known are {account}, {region}, {bucket}, {partition}. ${remedy}`,
  },
  {
    name: "an empty target",
    input: { "access-logging": { target: "" } },
    problem: `warden.json, access-logging.target: ${notATarget}. ${remedy}`,
  },
  ...["logs/{account}", "s3://logs", "arn:aws:s3:::logs", "ab", "-logs", "x".repeat(64)].map(
    (target) => ({
      name: `the target ${target}, which can never become a name`,
      input: { "access-logging": { target } },
      problem: `warden.json, access-logging.target: ${notATarget}. ${remedy}`,
    }),
  ),
  {
    name: "a target that is short enough only before it is filled in",
    input: { "access-logging": { target: `${"x".repeat(50)}-{account}-{region}` } },
    problem: `warden.json, access-logging.target: ${notATarget}. ${remedy}`,
  },
  // Then no log bucket is recognised as one, and it would be encrypted so that no log arrives.
  {
    name: "a log target of its own for each bucket",
    input: { "access-logging": { target: "{bucket}-logs" } },
    problem: `warden.json, access-logging.target: holds {bucket}, but a log bucket is one for many and must not need one of its own. ${remedy}`,
  },
  ...[
    "arn:aws:kms:somewhere:1:alias/s3",
    "arn:aws:kms:{account}:{region}:alias/s3",
    "arn:aws:kms:{region}:{account}:alias/",
    "arn:aws:kms:{region}:{account}:key/a b",
    "arn:aws:s3:{region}:{account}:key/x",
    "arn:azure:kms:{region}:{account}:key/x",
  ].map((named) => ({
    name: `the key ${named}, which can never become an ARN`,
    input: { "default-encryption": { key: named } },
    problem: `warden.json, default-encryption.key: ${notAKey}. ${remedy}`,
  })),
  {
    name: "an unknown placeholder in the prefix",
    input: { "access-logging": { prefix: "{year}/" } },
    problem: `warden.json, access-logging.prefix: holds an unknown placeholder; known are {account}, {region}, {bucket}, {partition}. ${remedy}`,
  },
  {
    name: "one bucket for a list of buckets",
    input: { "mfa-delete": { buckets: "ledger" } },
    problem: `warden.json, mfa-delete.buckets: Invalid input: expected array, received string. ${remedy}`,
  },
  {
    name: "an empty bucket pattern",
    input: { "mfa-delete": { buckets: ["a", ""] } },
    problem: `warden.json, mfa-delete.buckets.1: Too small: expected string to have >=1 characters. ${remedy}`,
  },
  {
    name: "half a minimum",
    input: { "object-lock": { minimum: { days: 30 } } },
    problem: `warden.json, object-lock.minimum.mode: Invalid option: expected one of "GOVERNANCE"|"COMPLIANCE". ${remedy}`,
  },
  {
    name: "a tag that ends the quotes of a command",
    input: { "client-side-encryption": { tag: "it's" } },
    problem: `warden.json, client-side-encryption.tag: holds a character that S3 takes in no tag. ${remedy}`,
  },
  {
    name: "a tag that only AWS may set",
    input: { "client-side-encryption": { tag: "AWS:cse" } },
    problem: `warden.json, client-side-encryption.tag: begins with aws:, which only AWS may set. ${remedy}`,
  },
  {
    name: "no value that attests",
    input: { "client-side-encryption": { values: [] } },
    problem: `warden.json, client-side-encryption.values: Too small: expected array to have >=1 items. ${remedy}`,
  },
  {
    name: "a retention mode in small letters",
    input: { "object-lock": { minimum: { mode: "governance", days: 30 } } },
    problem: `warden.json, object-lock.minimum.mode: Invalid option: expected one of "GOVERNANCE"|"COMPLIANCE". ${remedy}`,
  },
  {
    name: "a retention of no days",
    input: { "object-lock": { minimum: { mode: "GOVERNANCE", days: 0 } } },
    problem: `warden.json, object-lock.minimum.days: Too small: expected number to be >=1. ${remedy}`,
  },
  {
    name: "a retention of a part of a day",
    input: { "object-lock": { minimum: { mode: "GOVERNANCE", days: 1.5 } } },
    problem: `warden.json, object-lock.minimum.days: Invalid input: expected int, received number. ${remedy}`,
  },
  {
    name: "a retention longer than S3 knows",
    input: { "object-lock": { minimum: { mode: "GOVERNANCE", days: 36_501 } } },
    problem: `warden.json, object-lock.minimum.days: Too big: expected number to be <=36500. ${remedy}`,
  },
])("a baseline with $name is refused by name", ({ input, problem }) => {
  expect(problemIn(input)).toBe(problem);
});

test.each(["remediate", "approve"])("what a write needs must be there under %s", (mode) => {
  expect(problemIn({ "default-encryption": { mode } })).toBe(
    `warden.json, default-encryption.key: is missing, and "${mode}" cannot work without it. Give the ARN of a KMS key, or choose "alert".`,
  );
  expect(problemIn({ "access-logging": { mode } })).toBe(
    `warden.json, access-logging.target: is missing, and "${mode}" cannot work without it. Give the name of a log bucket, or choose "alert".`,
  );
});

test.each(["remediate", "approve", "alert"])(
  "a key can be pinned under %s only when there is one; the remedy does not speak of modes",
  (mode) => {
    const pinned = { "kms-enforcement": { mode, enforce: "key-pinned" } };
    expect(problemIn(pinned)).toBe(
      'warden.json, default-encryption.key: is missing, and "key-pinned" cannot work without it. Give the ARN of a KMS key, or choose another "enforce".',
    );
    expect(problemIn({ ...pinned, "default-encryption": { key } })).toBe("no problem");
  },
);

test("SSE-S3 needs no key, and one that is there for other uses is no mistake", () => {
  const sseS3 = { mode: "remediate", algorithm: "SSE-S3" };
  expect(problemIn({ "default-encryption": sseS3 })).toBe("no problem");
  expect(problemIn({ "default-encryption": { ...sseS3, key } })).toBe("no problem");
});

test.each(["remediate", "approve"])(
  "uploads cannot have to be under KMS (%s) where the bucket encrypts with SSE-S3",
  (mode) => {
    const input = {
      "kms-enforcement": { mode },
      "default-encryption": { algorithm: "SSE-S3" },
    };
    expect(problemIn(input)).toBe(
      `warden.json, kms-enforcement.mode: is "${mode}", but default-encryption.algorithm is "SSE-S3", which such a policy would deny. Choose "off", or another default-encryption.algorithm.`,
    );
    for (const quiet of ["alert", "off"]) {
      expect(problemIn({ ...input, "kms-enforcement": { mode: quiet } })).toBe("no problem");
    }
  },
);

test.each([
  { enforce: "header-optional", algorithm: "SSE-KMS", mode: "alert", sound: false },
  { enforce: "key-pinned", algorithm: "SSE-KMS", mode: "alert", sound: false },
  { enforce: "header-optional", algorithm: "SSE-KMS", mode: "off", sound: true },
  { enforce: "header-required", algorithm: "SSE-KMS", mode: "alert", sound: true },
  { enforce: "header-optional", algorithm: "DSSE", mode: "remediate", sound: true },
  { enforce: "key-pinned", algorithm: "DSSE", mode: "remediate", sound: true },
])(
  "DSSE required by $enforce ($mode) over a default of $algorithm makes sense: $sound",
  ({ enforce, algorithm, mode, sound }) => {
    const input = {
      "kms-enforcement": { mode, enforce, dsse: "required" },
      "default-encryption": { algorithm, key },
    };
    expect(problemIn(input)).toBe(
      sound
        ? "no problem"
        : 'warden.json, kms-enforcement.dsse: is "required", but uploads without a header get the "SSE-KMS" of default-encryption.algorithm. Choose "DSSE" there, or "header-required" as kms-enforcement.enforce.',
    );
  },
);

test("a control that is off is not asked for what it would need", () => {
  const off = {
    "kms-enforcement": { mode: "off", enforce: "key-pinned" },
    "default-encryption": { mode: "off" },
    "access-logging": { mode: "off" },
  };
  expect(problemIn(off)).toBe("no problem");
});

// Logs may lie at the top of the log bucket.
test("an empty prefix is legal", () => {
  const { "access-logging": logging } = controlsIn({ "access-logging": { prefix: "" } });
  expect(logging.prefix).toBe("");
});

test.each(["logs", "logs-{account}-{region}", "a.b", "logs-{partition}", "x".repeat(63)])(
  "the target can be %s",
  (target) => {
    const baseline = controlsIn({ "access-logging": { target } });
    expect(baseline["access-logging"].target).toBe(target);
  },
);
