import {
  AbortVaultLockCommand,
  CompleteVaultLockCommand,
  CreateVaultCommand,
  DeleteVaultAccessPolicyCommand,
  DeleteVaultCommand,
  DescribeVaultCommand,
  GetVaultAccessPolicyCommand,
  GetVaultLockCommand,
  GlacierClient,
  InitiateVaultLockCommand,
  ListJobsCommand,
  ListVaultsCommand,
  SetVaultAccessPolicyCommand,
} from "@aws-sdk/client-glacier";
import { type CloudTrailRecord, startSandbox } from "@bucket-warden/sandbox";
import { expect, test } from "vitest";
import { plain, refusal, sandboxForTests, settingsFor } from "./sandbox-clients.ts";

const sandbox = sandboxForTests();
const glacier = (region = "us-east-1") => new GlacierClient(settingsFor("alice", region));
const accountId = "-";
const policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });

async function freshVault(vaultName: string): Promise<{ accountId: string; vaultName: string }> {
  await glacier().send(new CreateVaultCommand({ accountId, vaultName }));
  return { accountId, vaultName };
}

test("vaults are listed by name, page by page, each in its own Region", async () => {
  for (const name of ["c", "a", "b"]) await freshVault(`listed-${name}`);
  const page = async (marker?: string) => {
    const more = marker === undefined ? {} : { marker };
    const input = { accountId, limit: 2, ...more };
    const { VaultList = [], Marker } = await glacier().send(new ListVaultsCommand(input));
    return { names: VaultList.map(({ VaultName }) => VaultName), Marker };
  };
  const first = await page();
  const second = await page(first.Marker);
  expect([first.names, second.names]).toEqual([["listed-a", "listed-b"], ["listed-c"]]);
  expect(second.Marker).toBeUndefined();
  const elsewhere = await glacier("eu-west-1").send(new ListVaultsCommand({ accountId }));
  expect(elsewhere.VaultList).toEqual([]);
});

test("a vault is described, is made once, and is gone when it was deleted", async () => {
  const on = await freshVault("described");
  await freshVault("described");
  expect(await plain(glacier().send(new DescribeVaultCommand(on)))).toMatchObject({
    VaultARN: "arn:aws:glacier:us-east-1:111122223333:vaults/described",
    VaultName: "described",
    NumberOfArchives: 0,
  });
  await glacier().send(new DeleteVaultCommand(on));
  const missing = { name: "ResourceNotFoundException", status: 404 };
  expect(await refusal(glacier().send(new DescribeVaultCommand(on)))).toEqual(missing);
  expect(await refusal(glacier().send(new GetVaultLockCommand(on)))).toEqual(missing);
});

test("an access policy comes back byte for byte, and one that is none is refused", async () => {
  const on = await freshVault("accessible");
  const read = () => glacier().send(new GetVaultAccessPolicyCommand(on));
  const missing = { name: "ResourceNotFoundException", status: 404 };
  expect(await refusal(read())).toEqual(missing);
  const text = ` ${policy}`;
  await glacier().send(new SetVaultAccessPolicyCommand({ ...on, policy: { Policy: text } }));
  expect((await read()).policy).toEqual({ Policy: text });
  await glacier().send(new DeleteVaultAccessPolicyCommand(on));
  expect(await refusal(read())).toEqual(missing);
  const nonsense = new SetVaultAccessPolicyCommand({ ...on, policy: { Policy: "{}" } });
  expect((await refusal(glacier().send(nonsense))).name).toBe("InvalidParameterValueException");
});

test("a lock is tried, given up, tried again and completed for ever", async () => {
  const on = await freshVault("locked");
  const initiate = () =>
    glacier().send(new InitiateVaultLockCommand({ ...on, policy: { Policy: policy } }));
  const complete = (lockId: string) =>
    glacier().send(new CompleteVaultLockCommand({ ...on, lockId }));
  const abort = () => glacier().send(new AbortVaultLockCommand(on));
  const state = async () => {
    const lock = await glacier().send(new GetVaultLockCommand(on));
    return [lock.State, lock.Policy, lock.ExpirationDate === undefined];
  };
  await initiate();
  expect(await state()).toEqual(["InProgress", policy, false]);
  expect(await refusal(initiate())).toEqual({ name: "AccessDeniedException", status: 403 });
  await abort();
  await abort();
  const { lockId = "" } = await initiate();
  expect((await refusal(complete("another"))).name).toBe("InvalidParameterValueException");
  await complete(lockId);
  await complete(lockId);
  expect(await state()).toEqual(["Locked", policy, true]);
  const refused = [await refusal(complete("another")), await refusal(abort())];
  expect(refused.map(({ name }) => name)).toEqual([
    "AccessDeniedException",
    "AccessDeniedException",
  ]);
});

test("a lock that nobody completes is gone after a day", async () => {
  let now = Date.parse("2026-11-21T09:00:00Z");
  const own = await startSandbox({ now: () => now });
  const client = new GlacierClient({ ...settingsFor("alice"), endpoint: own.endpoint });
  const on = { accountId, vaultName: "lapsing" };
  await client.send(new CreateVaultCommand(on));
  await client.send(new InitiateVaultLockCommand({ ...on, policy: { Policy: policy } }));
  const { ExpirationDate } = await client.send(new GetVaultLockCommand(on));
  expect(ExpirationDate).toBe("2026-11-22T09:00:00.000Z");
  now += 86_400_000;
  expect((await refusal(client.send(new GetVaultLockCommand(on)))).name).toBe(
    "ResourceNotFoundException",
  );
  await own.stop();
});

test("a vault with archives stays, another account's is out of reach", async () => {
  const on = await freshVault("full");
  const vault = sandbox().world.vaults.get("arn:aws:glacier:us-east-1:111122223333:vaults/full");
  if (vault !== undefined) vault.archives = 1;
  expect((await refusal(glacier().send(new DeleteVaultCommand(on)))).name).toBe(
    "InvalidParameterValueException",
  );
  const foreign = new ListVaultsCommand({ accountId: "444455556666" });
  expect(await refusal(glacier().send(foreign))).toEqual({
    name: "AccessDeniedException",
    status: 403,
  });
});

test("an account that came too late is told so", async () => {
  sandbox().world.closedToGlacier.add("111122223333");
  const refused = await refusal(glacier().send(new ListVaultsCommand({ accountId })));
  sandbox().world.closedToGlacier.clear();
  expect(refused).toEqual({ name: "NoLongerSupportedException", status: 400 });
});

test("changes are recorded under Glacier's name, reads are not", async () => {
  const records: CloudTrailRecord[] = [];
  const off = sandbox().onRecord((record) => records.push(record));
  const on = await freshVault("recorded");
  const { lockId = "" } = await glacier().send(
    new InitiateVaultLockCommand({ ...on, policy: { Policy: policy } }),
  );
  await glacier().send(new GetVaultLockCommand(on));
  await glacier().send(new CompleteVaultLockCommand({ ...on, lockId }));
  off();
  const at = { accountId: "-", vaultName: "recorded" };
  expect(records.map(({ eventName, requestParameters }) => [eventName, requestParameters])).toEqual(
    [
      ["CreateVault", at],
      ["InitiateVaultLock", { ...at, policy: { policy } }],
      ["CompleteVaultLock", { ...at, lockId }],
    ],
  );
  expect(records[0]).toMatchObject({
    eventSource: "glacier.amazonaws.com",
    awsRegion: "us-east-1",
  });
});

test("what the sandbox lacks is refused by name", async () => {
  const on = await freshVault("jobless");
  expect((await refusal(glacier().send(new ListJobsCommand(on)))).status).toBe(501);
});
