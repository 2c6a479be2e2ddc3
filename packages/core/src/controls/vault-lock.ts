import type { Vault, VaultLock } from "../model/vault.ts";
import { type Context, defineControl } from "./control.ts";
import { isNamed } from "./name-patterns.ts";
import { type Judged, judgeAll } from "./several.ts";
import { strangersIn } from "./strangers.ts";
import { lockPolicyFor, retentionUnder } from "./vault-retention.ts";

type Here = Context<"vault-lock", "region">;

/** Vaults keep their archives by a lock that nobody can change. */
export const vaultLock = defineControl({
  id: "vault-lock",
  target: "region",
  reads: ["vaults"],

  evaluate({ vaults }, context) {
    if (vaults.state === "absent") return { kind: "not-applicable", why: closed };
    if (vaults.value.length === 0) {
      return { kind: "not-applicable", why: "there is no vault in this Region" };
    }
    const judged = vaults.value.map((vault) => judge(vault, context));
    const worst = vaults.value.find((_, place) => judged[place]?.faults.length !== 0);
    return judgeAll(judged, {
      evidence: evidenceFor(vaults.value, context),
      hold: {
        mode: "report-only",
        why: lasting,
        ...(worst === undefined ? {} : commandFor(worst, context)),
      },
    });
  },

  remediation: { mode: "report-only", why: "a completed vault lock can never be changed" },

  docs: {
    title: "Vaults of Glacier keep their archives by a lock",
    rationale:
      "Without a completed lock whoever may change the access policy of a vault can delete its archives; a lock that is only tried is gone after a day.",
    breaks: "Nothing is written. What a completed lock denies stays denied for ever, to everybody.",
    stops: [
      "The account has no vaults, or Glacier is closed to it: not applicable.",
      "A lock policy that cannot be judged, for example by tags of the vault: undecided.",
    ],
  },
  references: {},
});

const closed = "Glacier is closed to this account: it takes no new customers, so there is no vault";
const lasting =
  "a completed vault lock can never be changed, and one in progress only by giving it up, so a person decides";

function judge(vault: Vault, context: Here): Judged {
  const { faults, doubts } = strangersIn(
    { policy: vault.accessPolicy, called: "an access policy" },
    { account: context.on.account, trusted: context.own.accounts },
  );
  const locked =
    vault.lock.state === "present"
      ? judgeLock(vault.lock.value, vault, context)
      : { faults: isWanted(vault, context) ? [missing] : [], doubts: [] };
  return {
    name: vault.name,
    faults: [...locked.faults, ...faults],
    doubts: [...locked.doubts, ...doubts],
    notes: [],
  };
}

const missing = "has no lock, and the baseline wants one";

function judgeLock(
  lock: VaultLock,
  vault: Vault,
  { on, own }: Here,
): Pick<Judged, "faults" | "doubts"> {
  const faults: string[] = [];
  const doubts: string[] = [];
  if (lock.state === "InProgress") faults.push(lapsing(lock));
  else if (lock.state !== "Locked") doubts.push(`has a lock in the unknown state ${lock.state}`);
  const retention = retentionUnder(lock, vault, { days: own.minimumDays, region: on.region });
  if (retention.kind === "undecided") doubts.push(`has a lock in doubt: ${retention.why}`);
  if (retention.kind === "lost") {
    const wanted = `the baseline wants ${days(own.minimumDays)}`;
    faults.push(
      `has a lock that lets archives go after ${days(retention.after)} (${wanted}): ${retention.witness}`,
    );
  }
  return { faults, doubts };
}

function lapsing({ expiresAt }: VaultLock): string {
  const when = expiresAt === undefined ? "within a day of its start" : `at ${expiresAt}`;
  return `has a lock that is only tried and will vanish ${when} unless it is completed`;
}

function isWanted({ name }: Vault, { own }: Here): boolean {
  return isNamed(own.vaults, name);
}

function days(count: number | string): string {
  return String(count) === "1" ? "1 day" : `${count} days`;
}

function evidenceFor(vaults: readonly Vault[], { own }: Here): string {
  const locked = vaults.filter(({ lock }) => lock.state === "present").map(({ name }) => name);
  const all = vaults.length === 1 ? "1 vault" : `${vaults.length} vaults`;
  if (locked.length === 0) return `${all}, none of them locked, and the baseline asks for no lock`;
  return `${all}; proven: archives are kept for at least ${days(own.minimumDays)} in ${locked.join(", ")}`;
}

/** What is left to do depends on how far the lock got; a completed one leaves nothing. */
function commandFor(vault: Vault, context: Here): { readonly command?: string } {
  const { on, own } = context;
  const where = `--account-id ${on.account} --region ${on.region} --vault-name ${vault.name}`;
  if (vault.lock.state === "absent") {
    if (!isWanted(vault, context)) return {};
    const text = lockPolicyFor(vault, { days: own.minimumDays, region: on.region });
    const policy = JSON.stringify({ Policy: text });
    return { command: `aws glacier initiate-vault-lock ${where} --policy '${policy}'` };
  }
  if (vault.lock.value.state !== "InProgress") return {};
  const retention = retentionUnder(vault.lock.value, vault, {
    days: own.minimumDays,
    region: on.region,
  });
  switch (retention.kind) {
    case "kept":
      return {
        command: `aws glacier complete-vault-lock ${where} --lock-id '<the id that initiate-vault-lock gave>'`,
      };
    case "lost":
      return { command: `aws glacier abort-vault-lock ${where}` };
    case "undecided":
      return {};
  }
}
