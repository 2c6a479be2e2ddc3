import { randomUUID } from "node:crypto";
import { AwsError } from "../wire/aws-error.ts";
import { type Input, optionalNumber, optionalText, textIn } from "../wire/input.ts";
import { jsonService, type OperationCall } from "../wire/json-service.ts";
import type { KmsKey } from "./key.ts";

/** AWS Key Management Service: the life of keys, without any cryptography. */
export const kms = jsonService({
  name: "kms",
  contentType: "application/x-amz-json-1.1",
  operations: {
    CreateKey: { write: true, isManagement: true, run: createKey },
    DescribeKey: {
      write: false,
      isManagement: true,
      run: (on) => ({ KeyMetadata: metadataOf(keyOf(on)) }),
    },
    CreateAlias: { write: true, isManagement: true, run: createAlias },
    ListAliases: { write: false, isManagement: true, run: listAliases },
    EnableKey: { write: true, isManagement: true, run: (on) => setState(on, "Enabled") },
    DisableKey: { write: true, isManagement: true, run: (on) => setState(on, "Disabled") },
    ScheduleKeyDeletion: { write: true, isManagement: true, run: scheduleDeletion },
    CancelKeyDeletion: { write: true, isManagement: true, run: cancelDeletion },
    GetKeyRotationStatus: { write: false, isManagement: true, run: rotationOf },
    EnableKeyRotation: { write: true, isManagement: true, run: enableRotation },
    DisableKeyRotation: { write: true, isManagement: true, run: disableRotation },
  },
});

function createKey({ input, call, world }: OperationCall): Input {
  const key = newKey(call.principal.account, call.region, call.at, {
    description: optionalText(input, "Description") ?? "",
    spec: optionalText(input, "KeySpec") ?? "SYMMETRIC_DEFAULT",
    usage: optionalText(input, "KeyUsage") ?? "ENCRYPT_DECRYPT",
    origin: optionalText(input, "Origin") ?? "AWS_KMS",
    manager: "CUSTOMER",
  });
  // Until its material is imported.
  if (key.origin === "EXTERNAL") key.state = "PendingImport";
  world.keys.set(key.arn, key);
  return { KeyMetadata: metadataOf(key) };
}

function newKey(
  account: string,
  region: string,
  createdAt: number,
  parts: Pick<KmsKey, "description" | "spec" | "usage" | "origin" | "manager">,
): KmsKey {
  const id = randomUUID();
  const arn = `arn:aws:kms:${region}:${account}:key/${id}`;
  return { ...parts, id, arn, account, region, createdAt, state: "Enabled" };
}

/**
 * The key under a key id, key ARN, alias or alias ARN. The AWS managed key of S3 comes into being
 * when it is first asked for, as it does when S3 first needs it.
 */
function keyOf(on: OperationCall): KmsKey {
  const { input, call, world } = on;
  const id = textIn(input, "KeyId");
  const here = `arn:aws:kms:${call.region}:${call.principal.account}`;
  if (id.startsWith("arn:") && !keyArnForm.test(id)) {
    throw kmsError("InvalidArnException", `Invalid arn ${id}`);
  }
  const arn = id.startsWith("arn:") ? id : `${here}:${id.startsWith("alias/") ? id : `key/${id}`}`;
  if (arn === `${here}:alias/aws/s3` && !world.aliases.has(arn)) makeS3Key(on, arn);
  const key = world.keys.get(world.aliases.get(arn) ?? arn);
  // A key of another region does not exist here.
  if (key === undefined || key.region !== call.region) {
    const kind = arn.includes(":alias/") ? "Alias" : "Key";
    throw kmsError("NotFoundException", `${kind} '${arn}' does not exist`);
  }
  return key;
}

const keyArnForm = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:(key|alias)\/.+$/;

function makeS3Key({ call, world }: OperationCall, aliasArn: string): void {
  const key = newKey(call.principal.account, call.region, call.at, {
    description: "Default key that protects my S3 objects when no other key is defined",
    spec: "SYMMETRIC_DEFAULT",
    usage: "ENCRYPT_DECRYPT",
    origin: "AWS_KMS",
    manager: "AWS",
  });
  key.rotationPeriodInDays = aYear;
  world.keys.set(key.arn, key);
  world.aliases.set(aliasArn, key.arn);
}

function createAlias(on: OperationCall): Input {
  const { input, call, world } = on;
  const name = textIn(input, "AliasName");
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name) || name.startsWith("alias/aws/")) {
    throw kmsError("InvalidAliasNameException", `Alias name ${name} is not allowed`);
  }
  const arn = `arn:aws:kms:${call.region}:${call.principal.account}:${name}`;
  if (world.aliases.has(arn)) {
    throw kmsError("AlreadyExistsException", `An alias with the name ${arn} already exists`);
  }
  const target = keyOf({ ...on, input: { KeyId: textIn(input, "TargetKeyId") } });
  world.aliases.set(arn, target.arn);
  return {};
}

function listAliases({ call, world }: OperationCall): Input {
  const here = `arn:aws:kms:${call.region}:${call.principal.account}:`;
  const aliases = [...world.aliases]
    .filter(([arn]) => arn.startsWith(here))
    .map(([arn, target]) => ({
      AliasArn: arn,
      AliasName: arn.slice(here.length),
      TargetKeyId: target.split("/").at(-1),
    }));
  return { Aliases: aliases, Truncated: false };
}

function setState(on: OperationCall, state: "Enabled" | "Disabled"): Input {
  changeableKey(on).state = state;
  return {};
}

function scheduleDeletion(on: OperationCall): Input {
  const key = changeableKey(on);
  const days = optionalNumber(on.input, "PendingWindowInDays") ?? 30;
  if (days < 7 || days > 30) {
    throw kmsError("ValidationException", "PendingWindowInDays must be between 7 and 30");
  }
  key.state = "PendingDeletion";
  key.deletionDate = on.call.at + days * 86_400_000;
  return {
    KeyId: key.arn,
    DeletionDate: key.deletionDate / 1000,
    KeyState: key.state,
    PendingWindowInDays: days,
  };
}

/** A cancelled deletion leaves the key disabled. */
function cancelDeletion(on: OperationCall): Input {
  const key = keyOf(on);
  if (key.state !== "PendingDeletion") {
    throw kmsError("KMSInvalidStateException", `${key.arn} is not pending deletion.`);
  }
  key.state = "Disabled";
  delete key.deletionDate;
  return { KeyId: key.arn };
}

const aYear = 365;

function rotationOf(on: OperationCall): Input {
  const { arn, rotationPeriodInDays } = rotatableKey(on);
  const status = { KeyId: arn, KeyRotationEnabled: rotationPeriodInDays !== undefined };
  return {
    ...status,
    ...(rotationPeriodInDays === undefined ? {} : { RotationPeriodInDays: rotationPeriodInDays }),
  };
}

/** Only symmetric encryption keys whose material KMS made itself can be rotated by it. */
function rotatableKey(on: OperationCall): KmsKey {
  const key = keyOf(on);
  if (key.spec !== "SYMMETRIC_DEFAULT" || key.origin !== "AWS_KMS") {
    throw kmsError("UnsupportedOperationException", `${key.arn} cannot be rotated by KMS.`);
  }
  return key;
}

function enableRotation(on: OperationCall): Input {
  const key = changeableRotation(on);
  const days = optionalNumber(on.input, "RotationPeriodInDays") ?? aYear;
  if (days < 90 || days > 2_560) {
    throw kmsError("ValidationException", "RotationPeriodInDays must be between 90 and 2560");
  }
  key.rotationPeriodInDays = days;
  return {};
}

function disableRotation(on: OperationCall): Input {
  delete changeableRotation(on).rotationPeriodInDays;
  return {};
}

function changeableRotation(on: OperationCall): KmsKey {
  rotatableKey(on);
  const key = changeableKey(on);
  if (key.state === "Disabled") throw kmsError("DisabledException", `${key.arn} is disabled.`);
  return key;
}

function changeableKey(on: OperationCall): KmsKey {
  const key = keyOf(on);
  if (key.manager === "AWS") {
    throw kmsError("AccessDeniedException", `${key.arn} is an AWS managed key.`);
  }
  if (key.state === "PendingDeletion") {
    throw kmsError("KMSInvalidStateException", `${key.arn} is pending deletion.`);
  }
  return key;
}

function metadataOf(key: KmsKey): Input {
  return {
    AWSAccountId: key.account,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.createdAt / 1000,
    Enabled: key.state === "Enabled",
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    ...(key.deletionDate === undefined ? {} : { DeletionDate: key.deletionDate / 1000 }),
    Origin: key.origin,
    KeyManager: key.manager,
    KeySpec: key.spec,
    CustomerMasterKeySpec: key.spec,
    ...(key.spec === "SYMMETRIC_DEFAULT" ? { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] } : {}),
    MultiRegion: key.replicaOf !== undefined,
    ...replicaConfiguration(key),
  };
}

function replicaConfiguration({ arn, region, replicaOf }: KmsKey): Input {
  if (replicaOf === undefined) return {};
  const primary = { Arn: replicaOf, Region: replicaOf.split(":")[3] };
  return {
    MultiRegionConfiguration: {
      MultiRegionKeyType: "REPLICA",
      PrimaryKey: primary,
      ReplicaKeys: [{ Arn: arn, Region: region }],
    },
  };
}

function kmsError(code: string, message: string): AwsError {
  return new AwsError({ code, status: 400, message });
}
