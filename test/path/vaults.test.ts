import {
  CompleteVaultLockCommand,
  CreateVaultCommand,
  GlacierClient,
  InitiateVaultLockCommand,
} from "@aws-sdk/client-glacier";
import { createClients, createReader } from "@bucket-warden/core/aws";
import { absent, parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { afterAll, expect, test } from "vitest";
import { type Rehearsal, rehearse } from "./rehearsal.ts";

const here = "account 111122223333 in us-east-1";
const baseline = { "vault-lock": { mode: "alert", vaults: ["records*"], minimumDays: 365 } };

function ownerOf({ sandbox: { endpoint, region } }: Rehearsal): GlacierClient {
  const credentials = { accessKeyId: "owner", secretAccessKey: "any" };
  return new GlacierClient({ endpoint, region, credentials });
}

async function makeVault(stage: Rehearsal, vaultName: string) {
  const vault = { accountId: "-", vaultName };
  await ownerOf(stage).send(new CreateVaultCommand(vault));
  return vault;
}

/** What the product itself reads of the vaults. */
function vaultsRead({ sandbox: { account, endpoint, region } }: Rehearsal) {
  const at = parseRegion(region, "test");
  const credentials = { accessKeyId: "warden", secretAccessKey: "any" };
  const reader = createReader(createClients({ region: at, endpoint, credentials }));
  const on = { kind: "region", account: parseAccountId(account, "test"), region: at } as const;
  return reader.read("vaults", on, {});
}

/** What is newly told of vaults when everything is looked at by schedule. */
async function swept(stage: Rehearsal): Promise<readonly string[]> {
  const before = stage.told(here).length;
  await stage.sweepAgain();
  const told = stage
    .told(here)
    .slice(before)
    .map((it) => it.split(" "));
  return told.flatMap(([kind = "", id]) => (id === "vault-lock" ? [kind] : []));
}

/** The policy that the latest message gives to whoever wants to put it right. */
function policyOffered(stage: Rehearsal): string {
  const notices = stage.messages(here).flatMap((message) => message.notices);
  const next = notices.findLast(({ control }) => control === "vault-lock")?.next ?? "";
  const { Policy } = JSON.parse(/--policy '(.*)'/.exec(next)?.[1] ?? "{}");
  return String(Policy);
}

// Made before the tests begin: most of the time goes into the first look at anything.
const stage = await rehearse({ baseline });
afterAll(() => stage[Symbol.asyncDispose]());

test("a vault without a lock is told at once, and again when it is locked as the message says", async () => {
  const missing = stage.heard(here);
  const vault = await makeVault(stage, "records");
  await missing;
  expect(stage.told(here)).toEqual(["flagged vault-lock"]);
  const notices = stage.messages(here).flatMap((message) => message.notices);
  expect(notices.map(({ saw }) => saw)).toEqual([
    "records has no lock, and the baseline wants one",
  ]);
  // As it stands, and once more after a change that means nothing.
  expect(await swept(stage)).toEqual([]);
  await makeVault(stage, "drafts");

  const policy = { Policy: policyOffered(stage) };
  const { lockId } = await ownerOf(stage).send(new InitiateVaultLockCommand({ ...vault, policy }));
  await stage.deployment.idle();
  const locked = stage.heard(here);
  await ownerOf(stage).send(new CompleteVaultLockCommand({ ...vault, lockId: lockId ?? "" }));
  await locked;
  expect(stage.told(here).at(-1)).toBe("recovered vault-lock");
  expect(await swept(stage)).toEqual([]);
  // The owner's: two vaults and the lock.
  expect(stage.sandbox.calls.list({ service: "glacier", write: true })).toHaveLength(4);
});

test("an account that Glacier is closed to is told nothing", async () => {
  await using closed = await rehearse({ baseline, watch: false });
  closed.sandbox.world.closedToGlacier.add(closed.sandbox.account);
  expect(await swept(closed)).toEqual([]);
});

test("an account that Glacier closes in the middle of a look has vaults that could not be read", async () => {
  await using closing = await rehearse({ baseline, watch: false });
  await makeVault(closing, "records");
  const { account, world, faults } = closing.sandbox;
  faults.beforeCall(({ operation }) => {
    if (operation === "GetVaultLock") world.closedToGlacier.add(account);
  });
  expect(await vaultsRead(closing)).toMatchObject({ state: "unknown", reason: "failed" });
});

// Glacier answers alike for a vault that is gone and for one without a lock.
test.each([
  { asked: "GetVaultAccessPolicy", when: "before its policies are asked for" },
  { asked: "GetVaultLock", when: "between its two policies" },
])("a vault that is deleted $when is no vault without a lock", async ({ asked }) => {
  await using stage = await rehearse({ baseline, watch: false });
  await makeVault(stage, "kept");
  await makeVault(stage, "records");
  const { world, faults } = stage.sandbox;
  faults.beforeCall(({ operation }) => {
    if (operation !== asked) return;
    for (const [arn, { name }] of world.vaults) if (name === "records") world.vaults.delete(arn);
  });
  const read = await vaultsRead(stage);
  expect(read).toMatchObject({ state: "present", value: [{ name: "kept", lock: absent }] });
});

test.each([
  { operation: "ListVaults" },
  { operation: "GetVaultLock" },
  { operation: "GetVaultAccessPolicy" },
])(
  "while $operation is denied nothing is concluded, and then everything",
  async ({ operation }) => {
    await using denied = await rehearse({ baseline, watch: false });
    await makeVault(denied, "records");
    const allow = denied.sandbox.faults.add({
      kind: "access-denied",
      service: "glacier",
      operation,
    });
    expect(await swept(denied)).toEqual(["unread"]);
    allow();
    expect(await swept(denied)).toEqual(["flagged"]);
  },
);
