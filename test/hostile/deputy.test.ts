import { createIntake } from "@bucket-warden/functions/intake";
import type { Context } from "aws-lambda";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "../path/rehearsal.ts";
import { putRolesIn } from "../roles/organization.ts";

// Somebody in one account wants the Warden to touch a bucket of another, in their place.

const stage = await rehearse({ watch: false });
const { sandbox, deployment } = stage;
afterAll(() => stage[Symbol.asyncDispose]());

const [hub, member] = [sandbox.account, "444455556666"];
sandbox.world.organizationParents.set(member, "r-home");
putRolesIn(sandbox, { "ssl-only": { mode: "remediate" } });
await stage.as(`owner@${member}`).createBucket({ Bucket: "of-the-member" });
await stage.as("owner").createBucket({ Bucket: "of-the-hub" });

const intake = createIntake(deployment.variables);
const context = { awsRequestId: "r-1", functionName: "intake" } as Context;

/** An event as EventBridge brings it from `sender`, with a record that says what its writer likes. */
function event(sender: string, recipient: string, bucketName: string) {
  return {
    source: "aws.s3",
    "detail-type": "AWS API Call via CloudTrail",
    account: sender,
    detail: {
      eventSource: "s3.amazonaws.com",
      eventName: "DeleteBucketPolicy",
      eventID: `forged-${sender}-${recipient}-${bucketName}`,
      eventTime: "2026-11-20T10:15:00Z",
      awsRegion: sandbox.region,
      recipientAccountId: recipient,
      requestParameters: { bucketName },
    },
  };
}

const touched = (bucket: string) =>
  sandbox.calls
    .list({ bucket, service: "s3" })
    .filter(({ principal }) => !principal.endsWith("user/owner"))
    .filter(({ status }) => status < 400);

test.each([
  { name: "of the hub by the member", sender: member, recipient: hub, bucket: "of-the-hub" },
  { name: "of the member by the hub", sender: hub, recipient: member, bucket: "of-the-member" },
])("a record $name is refused, since its account is not that of its sender", async (forged) => {
  const { sender, recipient, bucket } = forged;
  await expect(intake(event(sender, recipient, bucket), context)).rejects.toThrow(
    "recipientAccountId",
  );
  await deployment.idle();
  expect(touched(bucket)).toEqual([]);
});

test.each([
  { name: "the member names a bucket of the hub", account: member, bucket: "of-the-hub" },
  { name: "the hub names a bucket of the member", account: hub, bucket: "of-the-member" },
])("when $name as its own, S3 shows nothing of it and takes nothing", async (named) => {
  const { account, bucket } = named;
  await intake(event(account, account, bucket), context);
  await deployment.idle();
  expect(touched(bucket)).toEqual([]);
  const tried = sandbox.calls.list({ bucket }).filter(({ status }) => status === 403);
  expect(tried.length).toBeGreaterThan(0);
  expect(stage.told(bucket).filter((it) => it.startsWith("fixed"))).toEqual([]);
});

test("a request by hand for a bucket of another account writes nothing there", async () => {
  const asked = { requestedBy: "mallory", reason: "a test", mode: "apply", controls: ["ssl-only"] };
  const { results } = await deployment.invoke({ ...asked, bucket: "of-the-member", account: hub });
  expect(results.map(({ outcome }) => outcome.kind)).not.toContain("fixed");
  expect(touched("of-the-member")).toEqual([]);
});
