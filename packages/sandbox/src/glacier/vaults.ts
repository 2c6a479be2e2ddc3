import type { Answer } from "../wire/request.ts";
import { glacierError } from "./errors.ts";
import {
  arnIn,
  emptyAnswer,
  type GlacierCall,
  type GlacierOperation,
  isoTime,
  jsonAnswer,
  placeOf,
  soundPolicyIn,
  vaultIn,
} from "./place.ts";
import type { Vault } from "./vault.ts";

/** Vaults and their access policies. */
export const vaultOperations: Readonly<Record<string, GlacierOperation>> = {
  ListVaults: listVaults,
  CreateVault: createVault,
  DescribeVault: (on) => jsonAnswer(described(vaultIn(on))),
  DeleteVault: deleteVault,
  GetVaultAccessPolicy: (on) => {
    const { accessPolicy } = vaultIn(on);
    if (accessPolicy !== undefined) return jsonAnswer({ Policy: accessPolicy });
    throw glacierError("ResourceNotFoundException", "No vault access policy is set.");
  },
  SetVaultAccessPolicy: (on) => {
    const policy = soundPolicyIn(on);
    vaultIn(on).accessPolicy = policy;
    return emptyAnswer(204);
  },
  DeleteVaultAccessPolicy: (on) => {
    delete vaultIn(on).accessPolicy;
    return emptyAnswer(204);
  },
};

const mostVaults = 1000;

/** By name, from the ARN in `marker` on. */
function listVaults({ call, world }: GlacierCall): Answer {
  const { query } = call.request;
  const limit = Number(query.get("limit") ?? mostVaults);
  const marker = query.get("marker") ?? "";
  const all = [...world.vaults.values()]
    .filter(({ account, region }) => account === call.principal.account && region === call.region)
    .filter(({ arn }) => arn >= marker)
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  return jsonAnswer({
    VaultList: all.slice(0, limit).map(described),
    Marker: all[limit]?.arn ?? null,
  });
}

function createVault(on: GlacierCall): Answer {
  const { call, world } = on;
  const name = placeOf(call).vault ?? "";
  if (!/^[A-Za-z0-9_.-]{1,255}$/.test(name)) {
    throw glacierError("InvalidParameterValueException", `Invalid vaultName: ${name}`);
  }
  const arn = arnIn(on);
  const { account } = call.principal;
  if (!world.vaults.has(arn)) {
    const vault = { name, arn, account, region: call.region, createdAt: call.at, archives: 0 };
    world.vaults.set(arn, vault);
  }
  return emptyAnswer(201, { location: `/${account}/vaults/${name}` });
}

function deleteVault(on: GlacierCall): Answer {
  const vault = on.world.vaults.get(arnIn(on));
  if (vault !== undefined && vault.archives > 0) {
    const message = `Vault not empty or recently written to: ${vault.arn}`;
    throw glacierError("InvalidParameterValueException", message);
  }
  on.world.vaults.delete(arnIn(on));
  return emptyAnswer(204);
}

function described({ arn, name, createdAt, archives }: Vault): object {
  return {
    VaultARN: arn,
    VaultName: name,
    CreationDate: isoTime(createdAt),
    LastInventoryDate: null,
    NumberOfArchives: archives,
    SizeInBytes: 0,
  };
}
