import { GetKeyRotationStatusCommand, KMSClient } from "@aws-sdk/client-kms";
import type { EncryptionKey } from "../../model/facets.ts";
import type { BucketRef } from "../../model/ref.ts";
import type { Clients, Place } from "../clients.ts";
import { describeError, meaningOf } from "../errors.ts";
import { describeKey, keyStateOf } from "./describe-key.ts";
import { encryptionReader } from "./encryption.ts";
import { askOnce, askShared, type FacetReader } from "./facet-reader.ts";

/**
 * The key that objects get whose upload names none. An alias is looked up in the account of the
 * bucket, as it is for uploads from there.
 */
export const encryptionKeyReader: FacetReader<EncryptionKey> = {
  absent: "encryption",
  async ask(clients, on, context) {
    const encryption = await askOnce(encryptionReader, clients, on, context);
    if (encryption === undefined || !encryption.algorithm.startsWith("aws:kms")) return undefined;
    const { keyId: named } = encryption;
    if (named === undefined) return { kind: "aws-s3" };
    const { region, owner } = whereabouts(named, on);
    if (region !== on.region) return { kind: "elsewhere", named };
    try {
      const question = ["key", on.account, on.region, named];
      return await askShared(context, question, () => describe(clients, on, named));
    } catch (error) {
      const meaning = meaningOf(error, "key");
      if (meaning.kind === "absent") return { kind: "missing", named };
      if (meaning.reason !== "denied" || owner === on.account) throw error;
      return { kind: "hidden", named, account: owner, detail: describeError(error) };
    }
  },
};

/** An ARN says where its key lives; a bare id or alias means the account and Region of the bucket. */
function whereabouts(named: string, on: BucketRef): { region: string; owner: string } {
  const [, , , region, owner] = named.split(":");
  return { region: region ?? on.region, owner: owner ?? on.account };
}

async function describe(clients: Clients, at: Place, named: string): Promise<EncryptionKey> {
  const metadata = await describeKey(clients, at, named);
  const key = keyStateOf(metadata);
  const origin = metadata.Origin ?? "";
  const { MultiRegionKeyType, PrimaryKey } = metadata.MultiRegionConfiguration ?? {};
  const replicaOf = MultiRegionKeyType === "REPLICA" ? PrimaryKey?.Arn : undefined;
  const facts = { kind: "key", named, key, origin } as const;
  if (replicaOf !== undefined) return { ...facts, replicaOf, rotation: "not-asked" };
  const isAsked =
    key.manager === "CUSTOMER" &&
    key.state === "Enabled" &&
    key.spec === "SYMMETRIC_DEFAULT" &&
    origin === "AWS_KMS";
  return { ...facts, rotation: isAsked ? await rotationOf(clients, at, key.arn) : "not-asked" };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
async function rotationOf(
  clients: Clients,
  at: Place,
  arn: string,
): Promise<"on" | "off" | "hidden"> {
  try {
    const command = new GetKeyRotationStatusCommand({ KeyId: arn });
    const { KeyRotationEnabled } = await clients.of(KMSClient, at).send(command);
    if (KeyRotationEnabled === undefined) throw new Error("KMS did not say whether it rotates");
    return KeyRotationEnabled ? "on" : "off";
  } catch (error) {
    const meaning = meaningOf(error, "none");
    const isForeign = !arn.includes(`:${at.account}:`);
    if (isForeign && meaning.kind === "unknown" && meaning.reason === "denied") return "hidden";
    throw error;
  }
}
