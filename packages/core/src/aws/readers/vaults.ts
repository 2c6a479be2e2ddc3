import {
  type DescribeVaultOutput,
  GetVaultAccessPolicyCommand,
  GetVaultLockCommand,
  GlacierClient,
  ListVaultsCommand,
} from "@aws-sdk/client-glacier";
import type { PolicyText } from "../../model/facets.ts";
import type { Vault, VaultLock } from "../../model/vault.ts";
import type { Clients, Place } from "../clients.ts";
import { type FacetReader, known } from "./facet-reader.ts";

/**
 * The vaults of an account in one Region; `absent` where the service is closed to the account.
 * https://docs.aws.amazon.com/amazonglacier/latest/dev/amazon-glacier-api.html
 */
export const vaultsReader: FacetReader<readonly Vault[], Place> = {
  absent: "none", // only the list says that there are none
  async ask(clients, on) {
    const all = await known("vaults", () => listed(clients, on));
    if (all.state === "absent") return undefined;
    const vaults: Vault[] = [];
    // One after the other: an account has few, and Glacier takes few calls a second.
    for (const vault of all.value) vaults.push(await described(clients, on, vault));
    return withoutDeleted(vaults, clients, on);
  },
};

/** Glacier names the error alike for a vault that has no policy or lock and for one that is gone. */
async function withoutDeleted(
  vaults: readonly Vault[],
  clients: Clients,
  on: Place,
): Promise<readonly Vault[]> {
  const isInDoubt = ({ accessPolicy, lock }: Vault) =>
    accessPolicy.state === "absent" || lock.state === "absent";
  if (!vaults.some(isInDoubt)) return vaults;
  const left = new Set((await listed(clients, on)).map(({ VaultARN }) => VaultARN));
  return vaults.filter((vault) => left.has(vault.arn));
}

type Listed = Pick<DescribeVaultOutput, "VaultName" | "VaultARN">;

async function listed(clients: Clients, on: Place): Promise<readonly Listed[]> {
  const all: Listed[] = [];
  let marker: string | undefined;
  do {
    const page = await clients.of(GlacierClient, on).send(
      new ListVaultsCommand({
        accountId: on.account,
        ...(marker === undefined ? {} : { marker }),
      }),
    );
    all.push(...(page.VaultList ?? []));
    marker = page.Marker;
  } while (marker !== undefined);
  return all;
}

async function described(clients: Clients, on: Place, vault: Listed): Promise<Vault> {
  const { VaultName: name, VaultARN: arn } = vault;
  if (name === undefined || arn === undefined) throw new Error("ListVaults answered without names");
  const of = { accountId: on.account, vaultName: name };
  return {
    name,
    arn,
    accessPolicy: await known("vaultPolicy", () => accessPolicyOf(clients, on, of)),
    lock: await known("vaultPolicy", () => lockOf(clients, on, of)),
  };
}

interface Of {
  readonly accountId: string;
  readonly vaultName: string;
}

async function accessPolicyOf(clients: Clients, on: Place, of: Of): Promise<PolicyText> {
  const { policy } = await clients.of(GlacierClient, on).send(new GetVaultAccessPolicyCommand(of));
  if (policy?.Policy === undefined) throw new Error("GetVaultAccessPolicy answered without one");
  return { text: policy.Policy };
}

async function lockOf(clients: Clients, on: Place, of: Of): Promise<VaultLock> {
  const lock = await clients.of(GlacierClient, on).send(new GetVaultLockCommand(of));
  const { State: state, Policy: text, ExpirationDate: expiresAt } = lock;
  if (state === undefined || text === undefined) {
    throw new Error("GetVaultLock answered without a policy or its state");
  }
  const policy = { text };
  return { state, policy, ...(expiresAt === undefined ? {} : { expiresAt }) };
}
