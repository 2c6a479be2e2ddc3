import { randomBytes } from "node:crypto";
import type { Answer } from "../wire/request.ts";
import { glacierError } from "./errors.ts";
import {
  emptyAnswer,
  type GlacierCall,
  type GlacierOperation,
  isoTime,
  jsonAnswer,
  placeOf,
  soundPolicyIn,
  vaultIn,
} from "./place.ts";
import type { VaultLock } from "./vault.ts";

/**
 * A lock is tried for a day and then either completed or gone.
 * https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock.html
 */
export const lockOperations: Readonly<Record<string, GlacierOperation>> = {
  GetVaultLock: getLock,
  InitiateVaultLock: initiateLock,
  CompleteVaultLock: completeLock,
  AbortVaultLock: abortLock,
};

const trialMilliseconds = 86_400_000;

function lockOf(on: GlacierCall): VaultLock | undefined {
  const { lock } = vaultIn(on);
  const isGone = lock?.expiresAt !== undefined && lock.expiresAt <= on.world.now();
  return isGone ? undefined : lock;
}

function getLock(on: GlacierCall): Answer {
  const lock = lockOf(on);
  if (lock === undefined) {
    throw glacierError("ResourceNotFoundException", "No vault lock policy is set.");
  }
  return jsonAnswer({
    Policy: lock.policy,
    State: lock.expiresAt === undefined ? "Locked" : "InProgress",
    CreationDate: isoTime(lock.createdAt),
    ...(lock.expiresAt === undefined ? {} : { ExpirationDate: isoTime(lock.expiresAt) }),
  });
}

function initiateLock(on: GlacierCall): Answer {
  const policy = soundPolicyIn(on);
  if (lockOf(on) !== undefined) {
    throw glacierError("AccessDeniedException", "A lock is in progress or was completed.");
  }
  const createdAt = on.world.now();
  const id = randomBytes(15).toString("base64url");
  const expiresAt = createdAt + trialMilliseconds;
  vaultIn(on).lock = { id, policy, createdAt, expiresAt };
  return emptyAnswer(201, { "x-amz-lock-id": id });
}

function completeLock(on: GlacierCall): Answer {
  const lock = lockOf(on);
  if (lock === undefined) {
    throw glacierError("ResourceNotFoundException", "No vault lock policy is set.");
  }
  if (lock.id !== placeOf(on.call).lockId) {
    const isLocked = lock.expiresAt === undefined;
    const code = isLocked ? "AccessDeniedException" : "InvalidParameterValueException";
    throw glacierError(code, "The lock id is not that of the lock.");
  }
  const { id, policy, createdAt } = lock;
  vaultIn(on).lock = { id, policy, createdAt };
  return emptyAnswer(204);
}

function abortLock(on: GlacierCall): Answer {
  const lock = lockOf(on);
  if (lock !== undefined && lock.expiresAt === undefined) {
    throw glacierError("AccessDeniedException", "The vault is locked.");
  }
  delete vaultIn(on).lock;
  return emptyAnswer(204);
}
