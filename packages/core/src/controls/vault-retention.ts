import { partitionOf, type Region } from "../model/ref.ts";
import type { Vault, VaultLock } from "../model/vault.ts";
import { type Guarantee, parse, prove } from "../policy/index.ts";
import { placeOf } from "./strangers.ts";

const age = "glacier:ArchiveAgeInDays";

/** Whether a lock keeps every archive of the vault for so many days, whoever wants to delete it. */
export type Retention =
  | { readonly kind: "kept" }
  | { readonly kind: "lost"; readonly after: string; readonly witness: string }
  | { readonly kind: "undecided"; readonly why: string };

export function retentionUnder(lock: VaultLock, vault: Vault, wanted: Wanted): Retention {
  const parsed = parse(lock.policy.text);
  if (parsed.kind === "invalid") {
    return { kind: "undecided", why: `IAM does not define such a policy${placeOf(parsed)}` };
  }
  const proof = prove(parsed.policy, keptFor(vault, wanted));
  switch (proof.kind) {
    case "proven":
      return { kind: "kept" };
    case "undecided":
      return { kind: "undecided", why: proof.why };
    case "refuted": {
      const after = proof.witness.context[age]?.[0] ?? "0";
      return { kind: "lost", after, witness: proof.sentence };
    }
  }
}

/** The statement that would keep archives as long as the baseline wants. */
export function lockPolicyFor(vault: Vault, { days }: Wanted): string {
  const statement = {
    Sid: "KeepArchives",
    Effect: "Deny",
    Principal: "*",
    Action: "glacier:DeleteArchive",
    Resource: vault.arn,
    Condition: { NumericLessThan: { [age]: String(days) } },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

interface Wanted {
  readonly days: number;
  readonly region: Region;
}

/**
 * Glacier takes signed requests only, so anonymous callers are left out.
 * https://docs.aws.amazon.com/amazonglacier/latest/dev/vault-lock-policy.html
 */
function keptFor(vault: Vault, { days, region }: Wanted): Guarantee {
  return {
    name: "archives-kept",
    sentence: `no archive of ${vault.name} is deleted before it is ${days} days old`,
    bucket: vault.name,
    partition: partitionOf(region),
    mustDeny: [
      {
        manner: `before it is ${days} days old`,
        actions: ["glacier:DeleteArchive"],
        resources: { arn: vault.arn },
        callers: "signed",
        where: [{ operator: "NumericLessThan", key: age, values: [String(days)] }],
        assuming: [],
      },
    ],
    statements: [],
    sids: [],
  };
}
