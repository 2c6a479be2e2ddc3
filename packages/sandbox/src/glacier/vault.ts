/** A vault of Amazon Glacier as far as its protection shows. */
export interface Vault {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  archives: number;
  accessPolicy?: string;
  lock?: VaultLock;
}

export interface VaultLock {
  readonly id: string;
  readonly policy: string;
  readonly createdAt: number;
  /** While it is being tried; undefined once it was completed, which is for ever. */
  readonly expiresAt?: number;
}

export function vaultArn(account: string, region: string, name: string): string {
  return `arn:aws:glacier:${region}:${account}:vaults/${name}`;
}
