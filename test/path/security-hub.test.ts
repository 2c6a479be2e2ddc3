import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({
  baseline: { versioning: { mode: "alert" }, notifications: { burst: 100, securityHub: true } },
  rolesFor: "any-request",
});
afterAll(() => stage[Symbol.asyncDispose]());
const { world, account, region } = stage.sandbox;
const { send, idle } = stage.deployment;

const suspended = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";

function findingOn(bucket: string) {
  const id = `bucket-warden/${account}/${region}/${bucket}/versioning`;
  return world.hubs.get(`${account} ${region}`)?.get(id);
}

test("without Security Hub people are told all the same, and it gets the finding when it is on", async () => {
  const bucket = stage.bucket("hub");
  stage.change(bucket, "versioning", suspended);
  await stage.lookAgain(bucket);
  await idle();
  expect(stage.told(bucket)).toEqual(["flagged versioning"]);
  world.hubs.set(`${account} ${region}`, new Map());
  await send();
  expect(findingOn(bucket)).toMatchObject({
    AwsAccountId: account,
    Compliance: { Status: "FAILED" },
    RecordState: "ACTIVE",
    Resources: [{ Type: "AwsS3Bucket", Id: `arn:aws:s3:::${bucket}` }],
  });
  expect(stage.told(bucket)).toEqual(["flagged versioning"]);
});

test("a repair archives the same finding, and what a customer made of it stays", async () => {
  const bucket = stage.bucket("hub");
  stage.change(bucket, "versioning", suspended);
  await stage.lookAgain(bucket);
  await idle();
  const finding = findingOn(bucket);
  const Workflow = { Status: "NOTIFIED" };
  world.hubs.get(`${account} ${region}`)?.set(String(finding?.["Id"]), { ...finding, Workflow });
  const asked = { mode: "apply", controls: ["versioning"], reason: "SEC-1", requestedBy: "bob" };
  await stage.deployment.invoke({ ...asked, bucket });
  await idle();
  expect(findingOn(bucket)).toMatchObject({
    Compliance: { Status: "PASSED" },
    RecordState: "ARCHIVED",
    Workflow,
  });
});

test("an alarm is told at once, and is a finding as well", async () => {
  await fetch(stage.sandbox.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "CloudTrail_20131101.StopLogging",
      authorization: `AWS4-HMAC-SHA256 Credential=mallory/20261121/${region}/cloudtrail/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ Name: "management-events" }),
  });
  await idle();
  const findings = [...(world.hubs.get(`${account} ${region}`)?.values() ?? [])];
  const alarm = findings.find((it) => it["GeneratorId"] === "bucket-warden/tamper-watch");
  expect(alarm).toMatchObject({
    FindingProviderFields: { Severity: { Label: "CRITICAL" }, Types: ["TTPs/Defense Evasion"] },
  });
  const alarms = stage.messages().filter(({ notices }) => notices[0]?.kind === "alarm");
  expect(alarms).toHaveLength(1);
});
