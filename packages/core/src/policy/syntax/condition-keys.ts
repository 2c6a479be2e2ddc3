import { lowerCase } from "../match/action.ts";

/**
 * The condition keys that a request to S3 may have, as of September 2026. For diagnostics only: a key
 * that is missing here is suspicious, not wrong.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
 */
const GLOBAL_KEYS = `
  CalledVia CalledViaFirst CalledViaLast CurrentTime EpochTime FederatedProvider
  MultiFactorAuthAge MultiFactorAuthPresent PrincipalAccount PrincipalArn PrincipalIsAWSService
  PrincipalOrgID PrincipalOrgPaths PrincipalServiceName PrincipalServiceNamesList PrincipalType
  Referer RequestedRegion ResourceAccount ResourceOrgID ResourceOrgPaths SecureTransport
  SourceAccount SourceArn SourceIdentity SourceIp SourceOrgID SourceOrgPaths SourceVpc SourceVpcArn
  SourceVpce TagKeys TokenIssueTime UserAgent ViaAWSService VpcSourceIp VpceAccount VpceOrgID
  VpceOrgPaths userid username`;

const S3_KEYS = `
  AccessGrantsInstanceArn AccessPointNetworkOrigin DataAccessPointAccount DataAccessPointArn
  ExistingJobOperation ExistingJobPriority InventoryAccessibleOptionalFields JobSuspendedCause
  ObjectCreationOperation RequestJobOperation RequestJobPriority RequestObjectTagKeys
  ResourceAccount TlsVersion VersionId authType delimiter destinationRegion if-match
  if-none-match isReplicationPauseRequest locationconstraint max-keys object-lock-event-hold
  object-lock-legal-hold object-lock-mode object-lock-remaining-retention-days
  object-lock-retain-until-date prefix signatureAge signatureversion versionid x-amz-acl
  x-amz-bucket-namespace x-amz-content-sha256 x-amz-copy-source x-amz-grant-full-control
  x-amz-grant-read x-amz-grant-read-acp x-amz-grant-write x-amz-grant-write-acp
  x-amz-metadata-directive x-amz-object-ownership x-amz-server-side-encryption
  x-amz-server-side-encryption-aws-kms-key-id x-amz-server-side-encryption-customer-algorithm
  x-amz-storage-class x-amz-website-redirect-location`;

/** Keys that end in a name of the customer's choice, such as `aws:PrincipalTag/team`. */
const TAG_KEYS = [
  "aws:PrincipalTag/",
  "aws:RequestTag/",
  "aws:ResourceTag/",
  "s3:AccessPointTag/",
  "s3:BucketTag/",
  "s3:ExistingObjectTag/",
  "s3:RequestObjectTag/",
];

/** Every known key without those that end in a tag, in the spelling of AWS. */
export const conditionKeys: readonly string[] = [
  ...namesIn(GLOBAL_KEYS).map((name) => `aws:${name}`),
  ...namesIn(S3_KEYS).map((name) => `s3:${name}`),
];

const known = new Set(conditionKeys.map(lowerCase));
const SERVICE = /^([a-z0-9.-]+):/i;

/** Whether S3 may ever set this key. Keys of other services are left to them. */
export function isPlausibleKey(key: string): boolean {
  const lower = lowerCase(key);
  if (known.has(lower)) return true;
  if (TAG_KEYS.some((prefix) => lower.startsWith(lowerCase(prefix)))) return true;
  const service = SERVICE.exec(lower)?.[1];
  return service !== undefined && service !== "aws" && service !== "s3";
}

function namesIn(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
