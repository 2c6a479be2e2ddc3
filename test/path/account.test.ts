import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3-control";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import { afterAll, expect, test } from "vitest";
import { names } from "../roles/organization.ts";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({ baseline: { "account-public-access": { mode: "approve" } } });
afterAll(() => stage[Symbol.asyncDispose]());
const { sandbox, deployment } = stage;
const region = parseRegion(sandbox.region, "test");
const credentials = { accessKeyId: "mallory", secretAccessKey: "any" };
const mallory = s3ControlAt(createClients({ region, endpoint: sandbox.endpoint, credentials }), {
  account: parseAccountId(sandbox.account, "test"),
  region,
});
const AccountId = sandbox.account;
const account = `account ${AccountId}`;

const complete = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const put = (changes: object) => {
  const PublicAccessBlockConfiguration = { ...complete, ...changes };
  return mallory.send(
    new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration }),
  );
};
const blockOfAccount = async () => {
  const answer = await mallory.send(new GetPublicAccessBlockCommand({ AccountId }));
  return answer.PublicAccessBlockConfiguration;
};
const onAccount = (mode: "plan" | "apply") =>
  deployment.invoke({
    mode,
    controls: ["account-public-access"],
    reason: "a test",
    requestedBy: "tester",
  });

/** What the product wrote to S3 Control. */
function writes(): readonly string[] {
  const principal = `arn:aws:sts::${AccountId}:assumed-role/${names.remediation}/bucket-warden`;
  const calls = sandbox.calls.list({ service: "s3-control", write: true, principal });
  return calls.map(({ operation }) => operation);
}

test("an account that loses its block waits for a person, who can have it back", async () => {
  await put({});
  await deployment.idle();
  expect(stage.told(account)).toEqual([]);
  await mallory.send(new DeletePublicAccessBlockCommand({ AccountId }));
  await deployment.idle();
  expect(stage.told(account)).toEqual(["approval-wanted account-public-access"]);
  expect(stage.messages(account)[0]).toMatchObject({
    on: { kind: "account", account: AccountId },
    cause: { eventName: "DeleteAccountPublicAccessBlock" },
  });
  expect(writes()).toEqual([]);

  const { results: planned } = await onAccount("plan");
  expect(planned.map(({ resource, outcome }) => [resource, outcome])).toEqual([
    [account, { kind: "planned", steps: 1 }],
  ]);
  const { results } = await onAccount("apply");
  await deployment.idle();
  expect(results.map(({ resource, outcome }) => [resource, outcome])).toEqual([
    [account, { kind: "fixed", controls: ["account-public-access"] }],
  ]);
  expect(await blockOfAccount()).toEqual(complete);
  expect(writes()).toEqual(["PutPublicAccessBlock"]);
  expect(stage.told(account).slice(1)).toEqual(["fixed account-public-access"]);
  const { entries, images, states } = await memoryOf(stage, account);
  expect(entries.at(-1)?.receipts.map(({ kind }) => kind)).toEqual(["written"]);
  expect(images).toMatchObject([{ document: "accountPublicAccess", before: { state: "absent" } }]);
  expect(Object.keys(states ?? {})).toEqual(["account-public-access"]);

  const again = await onAccount("apply");
  await deployment.idle();
  expect(again.results.map(({ outcome }) => outcome)).toEqual([{ kind: "clean" }]);
  expect(writes()).toEqual(["PutPublicAccessBlock"]);
});

test("a policy of the organization that blocks nothing leaves nothing to write", async () => {
  const asking = { mode: "approve", organizationPolicy: "read" };
  await using own = await rehearse({ baseline: { "account-public-access": asking } });
  own.sandbox.world.organizationS3Policies.set(AccountId, "none");
  await own.sweepAgain();
  expect(own.told(account)).toEqual(["blocked account-public-access"]);
  own.sandbox.world.organizationS3Policies.set(AccountId, "all");
  await own.sweepAgain();
  expect(own.told(account).slice(1)).toEqual(["recovered account-public-access"]);
  expect(own.writes()).toEqual([]);
});

test("a sweep over all of it has nothing to write and nothing to tell", async () => {
  await stage.sweepAgain();
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
