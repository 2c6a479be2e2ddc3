import {
  CompleteVaultLockCommand,
  CreateVaultCommand,
  GlacierClient,
  InitiateVaultLockCommand,
} from "@aws-sdk/client-glacier";
import { expect, test } from "vitest";
import { memoryOf } from "./memory.ts";
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

/** What is found when everything is looked at by schedule. */
async function swept(stage: Rehearsal): Promise<readonly string[]> {
  const before = stage.told(here).length;
  await stage.sweepAgain();
  return stage.told(here).slice(before);
}

/** The policy that the latest message gives to whoever wants to put it right. */
function policyOffered(stage: Rehearsal): string {
  const next = stage.messages(here).at(-1)?.notices[0]?.next ?? "";
  const { Policy } = JSON.parse(/--policy '(.*)'/.exec(next)?.[1] ?? "{}");
  return String(Policy);
}

test("a vault without a lock is told once, and again when it is locked as the message says", async () => {
  await using stage = await rehearse({ baseline, watch: false });
  const vault = await makeVault(stage, "records");
  await makeVault(stage, "drafts");
  expect(await swept(stage)).toEqual(["flagged vault-lock"]);
  expect(stage.messages(here)[0]?.notices[0]).toMatchObject({
    saw: "records has no lock, and the baseline wants one",
  });
  expect(await swept(stage)).toEqual([]);

  const policy = { Policy: policyOffered(stage) };
  const { lockId } = await ownerOf(stage).send(new InitiateVaultLockCommand({ ...vault, policy }));
  await swept(stage);
  const [entry] = (await memoryOf(stage, here)).entries.slice(-1);
  expect(entry?.findings).toMatchObject([
    {
      control: "vault-lock",
      assessment: {
        kind: "drift",
        summary: expect.stringMatching(
          /^records has a lock that is only tried and will vanish at /,
        ),
      },
    },
  ]);

  await ownerOf(stage).send(new CompleteVaultLockCommand({ ...vault, lockId: lockId ?? "" }));
  expect(await swept(stage)).toEqual(["recovered vault-lock"]);
  expect(await swept(stage)).toEqual([]);
  expect(stage.sandbox.calls.list({ service: "glacier", write: true }).length).toBe(4);
});

test("an account that Glacier is closed to is told nothing", async () => {
  await using stage = await rehearse({ baseline, watch: false });
  stage.sandbox.world.closedToGlacier.add(stage.sandbox.account);
  expect(await swept(stage)).toEqual([]);
});

test.each([
  { operation: "ListVaults" },
  { operation: "GetVaultLock" },
  { operation: "GetVaultAccessPolicy" },
])(
  "while $operation is denied nothing is concluded, and then everything",
  async ({ operation }) => {
    await using stage = await rehearse({ baseline, watch: false });
    await makeVault(stage, "records");
    const allow = stage.sandbox.faults.add({
      kind: "access-denied",
      service: "glacier",
      operation,
    });
    expect(await swept(stage)).toEqual(["unread vault-lock"]);
    allow();
    expect(await swept(stage)).toEqual(["flagged vault-lock"]);
  },
);
