import type { CloudTrailRecord } from "../trail/cloudtrail-record.ts";
import { type Selectors, selects } from "./selectors.ts";

/** A trail. It is replaced, never changed, so that a call can be judged by how trails were before it. */
export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly homeRegion: string;
  readonly isOrganizationTrail: boolean;
  readonly isMultiRegion: boolean;
  readonly includesGlobalServices: boolean;
  readonly validatesLogFiles: boolean;
  readonly bucket: string;
  readonly kmsKeyId?: string;
  readonly selectors: Selectors;
  readonly logging: boolean;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  /** As S3 named what kept the last log file from being delivered. */
  readonly deliveryError?: string;
}

/** Whether a trail lets the call reach EventBridge. Event history shows it in any case. */
export function isLogged(trails: Iterable<Trail>, record: CloudTrailRecord): boolean {
  for (const trail of trails) {
    if (trail.logging && covers(trail, record) && selects(trail.selectors, record)) return true;
  }
  return false;
}

function covers(trail: Trail, { recipientAccountId, awsRegion }: CloudTrailRecord): boolean {
  const isItsAccount = trail.isOrganizationTrail || trail.account === recipientAccountId;
  return isItsAccount && (trail.isMultiRegion || trail.homeRegion === awsRegion);
}
