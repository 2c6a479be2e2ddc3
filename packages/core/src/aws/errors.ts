import type { UnknownReason } from "../model/reading.ts";

/** What an SDK error means for a reading. */
export type ErrorMeaning =
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly reason: UnknownReason };

/**
 * The only names that mean "asked, and there is none", each for the one call that answers so. S3's
 * error list gives some of them other HTTP statuses than S3 sends, so only the name counts.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
const absentNames = {
  policy: ["NoSuchBucketPolicy"],
  encryption: ["ServerSideEncryptionConfigurationNotFoundError"],
  objectLock: ["ObjectLockConfigurationNotFoundError"],
  publicAccessBlock: ["NoSuchPublicAccessBlockConfiguration"],
  cors: ["NoSuchCORSConfiguration"],
  ownership: ["OwnershipControlsNotFoundError"],
  website: ["NoSuchWebsiteConfiguration"],
  tags: ["NoSuchTagSet"],
  accessPoint: ["NoSuchAccessPoint"],
  accessPointPolicy: ["NoSuchAccessPointPolicy"],
  multiRegionPolicy: ["NoSuchMultiRegionAccessPointPolicy"],
  lifecycle: ["NoSuchLifecycleConfiguration"],
  key: ["NotFoundException", "InvalidArnException"], // S3 stores any text as the name of a key
  // Glacier's answer to accounts that never had a vault before it was closed to new customers.
  vaults: ["NoLongerSupportedException"],
  vaultPolicy: ["ResourceNotFoundException"],
  organizationPolicy: ["EffectivePolicyNotFoundException", "AWSOrganizationsNotInUseException"],
  organization: ["AWSOrganizationsNotInUseException"],
  parameter: ["ParameterNotFound"],
  function: ["ResourceNotFoundException"],
  queue: ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],
  quota: ["NoSuchResourceException"],
  none: [],
} as const satisfies Record<string, readonly string[]>;

/** Which "there is none" a call can answer with. */
export type AbsentKind = keyof typeof absentNames;

const unknownNames: Readonly<Record<string, UnknownReason>> = {
  NoSuchBucket: "gone",
  AccessDenied: "denied",
  AccessDeniedException: "denied",
  AllAccessDisabled: "denied",
  AccountProblem: "denied",
  InvalidAccessKeyId: "denied",
  UnrecognizedClientException: "denied",
  MethodNotAllowed: "denied", // S3's answer to a caller of another account
  SlowDown: "throttled",
  Throttling: "throttled",
  ThrottlingException: "throttled",
  TooManyRequestsException: "throttled",
  RequestLimitExceeded: "throttled",
  ServiceUnavailable: "throttled",
  BandwidthLimitExceeded: "throttled",
};

/** Anything that is not in the tables is a failed read, never an absent setting. */
export function meaningOf(error: unknown, absentKind: AbsentKind): ErrorMeaning {
  const name = nameOf(error);
  const names: readonly string[] = absentNames[absentKind];
  if (names.includes(name)) return { kind: "absent" };
  const reason = Object.hasOwn(unknownNames, name) ? unknownNames[name] : undefined;
  return { kind: "unknown", reason: reason ?? "failed" };
}

/** Whether AWS was asked too much, in its own opinion. */
export function isThrottling(error: unknown): boolean {
  return unknownNames[nameOf(error)] === "throttled";
}

/**
 * 409 while another configuration call of the same bucket is under way. After the answer about the
 * time the SDK knows how far its clock is off.
 */
const passingNames = [
  "OperationAborted",
  "ConditionalRequestConflict",
  "RequestTimeout",
  "RequestTimeTooSkewed",
];

/** Whether the same write may succeed a moment later. */
export function isPassing(error: unknown): boolean {
  const name = nameOf(error);
  if (passingNames.includes(name) || isThrottling(error)) return true;
  const status = statusOf(error);
  // No answer at all (time-out, reset) or a fault of the service.
  return status === undefined || (status >= 500 && status !== 501);
}

/** The error as AWS names it, with its text, for people. */
export function describeError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const name = nameOf(error);
  return text === "" || text === name ? name : `${name}: ${text}`;
}

/** SDK v3 puts the error code of the service into `name`; `code` is undefined. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "UnknownError";
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("$metadata" in error)) return undefined;
  const metadata = error.$metadata;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) {
    return undefined;
  }
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}
