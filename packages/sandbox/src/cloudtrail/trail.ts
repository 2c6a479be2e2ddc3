/** A trail. Only whether it logs matters to the rest of the sandbox. */
export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly homeRegion: string;
  readonly isOrganizationTrail: boolean;
  readonly bucket: string;
  logging: boolean;
  startedAt: number;
  stoppedAt?: number;
}

/** Without a trail that logs, no call reaches EventBridge, though event history still shows it. */
export function isLogged(trails: Iterable<Trail>, account: string): boolean {
  for (const trail of trails) {
    if (trail.logging && (trail.isOrganizationTrail || trail.account === account)) return true;
  }
  return false;
}
