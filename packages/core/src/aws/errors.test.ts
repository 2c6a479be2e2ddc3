import { expect, test } from "vitest";
import { type AbsentKind, describeError, isPassing, meaningOf } from "./errors.ts";

/** An error as SDK v3 throws it: the service's code is the name. */
function awsError(name: string, { status = 400, message = "" } = {}): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

const kinds: readonly AbsentKind[] = [
  "policy",
  "encryption",
  "objectLock",
  "publicAccessBlock",
  "cors",
  "ownership",
  "website",
  "tags",
  "accessPoint",
  "accessPointPolicy",
  "multiRegionPolicy",
  "lifecycle",
  "key",
  "vaults",
  "vaultPolicy",
  "organizationPolicy",
  "organization",
  "none",
];

const absentRows: readonly (readonly [AbsentKind, string])[] = [
  ["policy", "NoSuchBucketPolicy"],
  ["encryption", "ServerSideEncryptionConfigurationNotFoundError"],
  ["objectLock", "ObjectLockConfigurationNotFoundError"],
  ["publicAccessBlock", "NoSuchPublicAccessBlockConfiguration"],
  ["cors", "NoSuchCORSConfiguration"],
  ["ownership", "OwnershipControlsNotFoundError"],
  ["website", "NoSuchWebsiteConfiguration"],
  ["tags", "NoSuchTagSet"],
  ["accessPoint", "NoSuchAccessPoint"],
  ["accessPointPolicy", "NoSuchAccessPointPolicy"],
  ["multiRegionPolicy", "NoSuchMultiRegionAccessPointPolicy"],
  ["lifecycle", "NoSuchLifecycleConfiguration"],
  ["key", "NotFoundException"],
  ["key", "InvalidArnException"],
  ["vaults", "NoLongerSupportedException"],
  ["vaultPolicy", "ResourceNotFoundException"],
  ["organizationPolicy", "EffectivePolicyNotFoundException"],
  ["organizationPolicy", "AWSOrganizationsNotInUseException"],
  ["organization", "AWSOrganizationsNotInUseException"],
];

const failed = { kind: "unknown", reason: "failed" };

test.each(absentRows)("for %s, and only there, %s means that there is none", (kind, name) => {
  // The status varies between S3's list and its answers, so it must not count.
  expect(meaningOf(awsError(name, { status: 404 }), kind)).toEqual({ kind: "absent" });
  expect(meaningOf(awsError(name, { status: 400 }), kind)).toEqual({ kind: "absent" });
  const saying = absentRows.filter(([, it]) => it === name).map(([of]) => of);
  for (const other of kinds.filter((it) => !saying.includes(it))) {
    expect(meaningOf(awsError(name, { status: 404 }), other)).toEqual(failed);
  }
});

test("where there is always one, nothing means that there is none", () => {
  for (const [, name] of absentRows) expect(meaningOf(awsError(name), "none")).toEqual(failed);
});

const unknownRows = [
  ["NoSuchBucket", "gone"],
  ["AccessDenied", "denied"],
  ["AccessDeniedException", "denied"],
  ["AllAccessDisabled", "denied"],
  ["AccountProblem", "denied"],
  ["InvalidAccessKeyId", "denied"],
  ["UnrecognizedClientException", "denied"],
  ["MethodNotAllowed", "denied"],
  ["SlowDown", "throttled"],
  ["Throttling", "throttled"],
  ["ThrottlingException", "throttled"],
  ["TooManyRequestsException", "throttled"],
  ["RequestLimitExceeded", "throttled"],
  ["ServiceUnavailable", "throttled"],
  ["BandwidthLimitExceeded", "throttled"],
] as const;

test.each(unknownRows)("%s means unknown, because %s", (name, reason) => {
  for (const kind of kinds) {
    expect(meaningOf(awsError(name), kind)).toEqual({ kind: "unknown", reason });
  }
});

test.each([
  "NotFound",
  "NoSuchKey",
  "NoSuchbucketpolicy",
  "NoSuchBucketPolicy ",
  "PermanentRedirect",
  "InternalError",
  "TimeoutError",
  "ExpiredToken",
  "NotImplemented",
  "",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
])("%j is in no table, so it is a failed read and never an absent setting", (name) => {
  for (const kind of kinds) {
    expect(meaningOf(awsError(name, { status: 404 }), kind)).toEqual(failed);
  }
});

test.each([
  { name: "a text", thrown: "NoSuchBucketPolicy" },
  { name: "nothing", thrown: undefined },
  { name: "a plain object", thrown: { name: "NoSuchBucketPolicy" } },
  {
    name: "version 2 of the SDK",
    thrown: Object.assign(new Error("x"), { code: "NoSuchBucketPolicy" }),
  },
])("what was thrown by $name is a failed read", ({ thrown }) => {
  expect(meaningOf(thrown, "policy")).toEqual(failed);
});

test.each([
  ["OperationAborted", 409, true],
  ["ConditionalRequestConflict", 409, true],
  ["RequestTimeout", 400, true],
  ["RequestTimeTooSkewed", 403, true],
  ["SlowDown", 503, true],
  ["Throttling", 400, true],
  ["ThrottlingException", 400, true],
  ["TooManyRequestsException", 429, true],
  ["RequestLimitExceeded", 400, true],
  ["ServiceUnavailable", 503, true],
  ["BandwidthLimitExceeded", 509, true],
  ["InternalError", 500, true],
  ["SomethingNew", 502, true],
  ["NotImplemented", 501, false],
  ["AccessDenied", 403, false],
  ["MalformedPolicy", 400, false],
  ["InvalidBucketState", 409, false],
  ["MethodNotAllowed", 405, false],
  ["NoSuchBucket", 404, false],
  ["InvalidTargetBucketForLogging", 400, false],
  ["CrossLocationLoggingProhibitted", 403, false],
  ["constructor", 400, false],
  ["__proto__", 400, false],
] as const)(
  "a write that ends in %s (%i) may succeed a moment later: %s",
  (name, status, passing) => {
    expect(isPassing(awsError(name, { status }))).toBe(passing);
  },
);

test.each([
  { name: "a reset", error: Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }) },
  {
    name: "a time-out",
    error: Object.assign(new Error(""), { name: "TimeoutError", $metadata: {} }),
  },
  { name: "broken metadata", error: Object.assign(new Error(""), { $metadata: null }) },
  { name: "a thrown text", error: "boom" },
])("a write without an answer may succeed a moment later: $name", ({ error }) => {
  expect(isPassing(error)).toBe(true);
});

test.each([
  {
    error: awsError("AccessDenied", { message: "Access Denied" }),
    text: "AccessDenied: Access Denied",
  },
  { error: awsError("SlowDown"), text: "SlowDown" },
  { error: awsError("UnknownError", { message: "UnknownError" }), text: "UnknownError" },
  { error: "boom", text: "UnknownError: boom" },
])("people read $text", ({ error, text }) => {
  expect(describeError(error)).toBe(text);
});
