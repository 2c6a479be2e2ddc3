import { absent, present } from "../../packages/core/src/model/reading.ts";
import type { Vault, VaultLock } from "../../packages/core/src/model/vault.ts";

export const records = "arn:aws:glacier:eu-west-1:111122223333:vaults/records";

/** A vault without policies, unless `more` brings some. */
export function vaultOf(more: Partial<Vault> = {}): Vault {
  const { name = "records" } = more;
  const arn = records.replace(/records$/, name);
  return { name, arn, accessPolicy: absent, lock: absent, ...more };
}

/** The statement of AWS's guide. */
export const kept = {
  Effect: "Deny",
  Principal: "*",
  Action: "glacier:DeleteArchive",
  Resource: records,
  Condition: { NumericLessThan: { "glacier:ArchiveAgeInDays": "365" } },
};

export function lockedBy(statement: unknown, more: Partial<VaultLock> = {}): Vault["lock"] {
  return present<VaultLock>({ state: "Locked", policy: policyText(statement), ...more });
}

export function policyText(...statements: readonly unknown[]) {
  return { text: JSON.stringify({ Version: "2012-10-17", Statement: statements }) };
}
