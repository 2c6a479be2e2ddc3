import type { ResourceKind } from "../model/ref.ts";
import { accessLogging } from "./access-logging.ts";
import { accessPoints } from "./access-points.ts";
import { accountPublicAccess } from "./account-public-access.ts";
import { clientSideEncryption } from "./client-side-encryption.ts";
import type { Control } from "./control.ts";
import { cors } from "./cors.ts";
import { defaultEncryption } from "./default-encryption.ts";
import { kmsEnforcement } from "./kms-enforcement.ts";
import { kmsKeyHealth } from "./kms-key-health.ts";
import { logTargetHealth } from "./log-target-health.ts";
import { mfaDelete } from "./mfa-delete.ts";
import { multiRegionAccessPoints } from "./multi-region-access-points.ts";
import { objectLambda } from "./object-lambda.ts";
import { objectLock } from "./object-lock.ts";
import { ownershipAcl } from "./ownership-acl.ts";
import { presignedUrlAge } from "./presigned-url-age.ts";
import { publicAccessBlock } from "./public-access-block.ts";
import { publicPolicy } from "./public-policy.ts";
import { sseCBlocked } from "./sse-c-blocked.ts";
import { sslOnly } from "./ssl-only.ts";
import { tlsMinimum } from "./tls-minimum.ts";
import { trailHealth } from "./trail-health.ts";
import { vaultLock } from "./vault-lock.ts";
import { versioning } from "./versioning.ts";
import { website } from "./website.ts";

export type { Control } from "./control.ts";
export { catalogues, nameOf, type Reference } from "./references.ts";

/** Every control, in the order in which people read them. */
export const controls: readonly Control[] = [
  sslOnly,
  tlsMinimum,
  presignedUrlAge,
  kmsEnforcement,
  defaultEncryption,
  kmsKeyHealth,
  sseCBlocked,
  clientSideEncryption,
  accountPublicAccess,
  publicAccessBlock,
  publicPolicy,
  accessPoints,
  ownershipAcl,
  cors,
  website,
  accessLogging,
  logTargetHealth,
  versioning,
  mfaDelete,
  objectLock,
  vaultLock,
  trailHealth,
  objectLambda,
  multiRegionAccessPoints,
];

/** The kinds of resources that these controls are about: others need not be looked at. */
export function targetsOf(some: readonly Control[]): ReadonlySet<ResourceKind> {
  return new Set(some.map(({ target }) => target));
}
