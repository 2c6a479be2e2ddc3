import {
  CreateAccessPointForObjectLambdaCommand,
  CreateMultiRegionAccessPointCommand,
  DeleteMultiRegionAccessPointCommand,
  PutAccessPointConfigurationForObjectLambdaCommand,
  PutMultiRegionAccessPointPolicyCommand,
  type S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import { afterAll, expect, test } from "vitest";
import { type Rehearsal, rehearse } from "./rehearsal.ts";

const AccountId = "111122223333";
const account = `account ${AccountId}`;
const here = `${account} in us-east-1`;
const redact = "arn:aws:lambda:us-east-1:111122223333:function:redact";
const plain = "arn:aws:s3:us-east-1:111122223333:accesspoint/plain";
const listed = { allowed: [{ name: "redacted", function: redact }] };
const baseline = { "object-lambda": { mode: "alert", ...listed } };

function ownerOf({ sandbox: { endpoint } }: Rehearsal, name: string): S3ControlClient {
  const region = parseRegion(name, "test");
  const credentials = { accessKeyId: "owner", secretAccessKey: "any" };
  const clients = createClients({ region, endpoint, credentials });
  return s3ControlAt(clients, { account: parseAccountId(AccountId, "test"), region });
}

/** What is newly told of a control when everything is looked at by schedule, e.g. `flagged`. */
async function swept(
  stage: Rehearsal,
  { of, control }: { readonly of: string; readonly control: string },
): Promise<readonly string[]> {
  const before = stage.told(of).length;
  await stage.sweepAgain();
  const told = stage
    .told(of)
    .slice(before)
    .map((it) => it.split(" "));
  return told.flatMap(([kind = "", id]) => (id === control ? [kind] : []));
}

/** What people read last of a control. */
function saw(stage: Rehearsal, { of, control }: { readonly of: string; readonly control: string }) {
  const notices = stage.messages(of).flatMap((message) => message.notices);
  return notices.findLast((notice) => notice.control === control)?.saw;
}

const lambda = { of: here, control: "object-lambda" };
const multiRegion = { of: account, control: "multi-region-access-points" };

function configurationWith(FunctionArn: string) {
  return {
    SupportingAccessPoint: plain,
    TransformationConfigurations: [
      {
        Actions: ["GetObject" as const],
        ContentTransformation: { AwsLambda: { FunctionArn } },
      },
    ],
  };
}

// Made before the tests begin: most of the time goes into the first look at anything.
const stage = await rehearse({ baseline });
afterAll(() => stage[Symbol.asyncDispose]());

test("another function behind an Object Lambda access point is told once, and its return too", async () => {
  const client = ownerOf(stage, "us-east-1");
  const at = { AccountId, Name: "redacted" };
  const Configuration = configurationWith(`${redact}-and-copy`);
  const made = stage.heard(here);
  await client.send(new CreateAccessPointForObjectLambdaCommand({ ...at, Configuration }));
  await made;
  expect(stage.told(here)).toEqual(["flagged object-lambda"]);
  expect(saw(stage, lambda)).toBe(
    `redacted calls ${redact}-and-copy, and the baseline lists ${redact}, and has no CloudWatch metrics`,
  );
  expect(await swept(stage, lambda)).toEqual([]);
  const changed = stage.heard(here);
  await client.send(
    new PutAccessPointConfigurationForObjectLambdaCommand({
      ...at,
      Configuration: configurationWith(redact),
    }),
  );
  await changed;
  expect(stage.told(here).at(-1)).toBe("recovered object-lambda");
});

test("a Multi-Region Access Point is one of the account, and told until it is gone", async () => {
  const client = ownerOf(stage, "us-west-2");
  const Name = "everywhere";
  const Details = {
    Name,
    Regions: [{ Bucket: stage.bucket() }],
    PublicAccessBlock: { BlockPublicAcls: true },
  };
  const made = stage.heard(account);
  await client.send(new CreateMultiRegionAccessPointCommand({ AccountId, Details }));
  await made;
  const partner = { AWS: "arn:aws:iam::444455556666:root" };
  const statement = { Effect: "Allow", Principal: partner, Action: "s3:GetObject", Resource: "*" };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const put = { AccountId, Details: { Name, Policy } };
  const opened = stage.heard(account);
  await client.send(new PutMultiRegionAccessPointPolicyCommand(put));
  await opened;
  expect(saw(stage, multiRegion)).toBe(
    "everywhere lacks IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets in its public access block, and has a policy that lets in 444455556666",
  );
  expect(await swept(stage, multiRegion)).toEqual([]);
  const gone = stage.heard(account);
  await client.send(new DeleteMultiRegionAccessPointCommand({ AccountId, Details: { Name } }));
  await gone;
  const told = stage.told(account).filter((it) => it.endsWith(multiRegion.control));
  expect(told.map((it) => it.split(" ")[0])).toEqual(["flagged", "flagged", "recovered"]);
  expect(stage.writes()).toEqual([]);
});

test.each([
  { operation: "ListAccessPointsForObjectLambda", what: lambda },
  { operation: "ListMultiRegionAccessPoints", what: multiRegion },
])("while $operation is denied nothing is concluded", async ({ operation, what }) => {
  await using denied = await rehearse({ watch: false });
  const allow = denied.sandbox.faults.add({
    kind: "access-denied",
    service: "s3-control",
    operation,
  });
  expect(await swept(denied, what)).toEqual(["unread"]);
  allow();
  expect(await swept(denied, what)).toEqual(["recovered"]);
});
