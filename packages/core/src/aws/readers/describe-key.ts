import { DescribeKeyCommand, type KeyMetadata, KMSClient } from "@aws-sdk/client-kms";
import type { KeyState } from "../../model/facets.ts";
import type { Clients, Place } from "../clients.ts";

/** Everything that KMS says of a key; throws where it says nothing, also that there is none. */
export async function describeKey(
  clients: Clients,
  at: Place,
  key: string,
): Promise<KeyMetadata & { readonly Arn: string }> {
  const answer = await clients.of(KMSClient, at).send(new DescribeKeyCommand({ KeyId: key }));
  const metadata = answer.KeyMetadata;
  if (metadata?.Arn === undefined) throw new Error("DescribeKey answered without a key");
  return { ...metadata, Arn: metadata.Arn };
}

export function keyStateOf(metadata: KeyMetadata & { readonly Arn: string }): KeyState {
  const { DeletionDate } = metadata;
  return {
    arn: metadata.Arn,
    state: metadata.KeyState ?? "Unavailable",
    manager: metadata.KeyManager ?? "CUSTOMER",
    usage: metadata.KeyUsage ?? "",
    spec: metadata.KeySpec ?? "",
    ...(DeletionDate === undefined ? {} : { deletesAt: DeletionDate.toISOString() }),
  };
}
