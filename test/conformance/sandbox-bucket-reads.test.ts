import {
  CreateBucketCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { configure, type Fault, type FaultKind } from "@bucket-warden/sandbox";
import { expect, test } from "vitest";
import { createBucketReads } from "../../packages/core/src/aws/lean/bucket-reads.ts";
import { encryptionXml, soundPolicy } from "../path/sound.ts";
import { anyBucket, sandboxForTests, settingsFor } from "./sandbox-clients.ts";

/** Both ways to read a bucket must see the same, and be refused the same: that is what these tests hold. */
const sandbox = sandboxForTests();

const reads = [
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListObjectsV2Command,
] as const;

type Read = (typeof reads)[number];
type Way = Pick<S3Client, "send">;
type Input = { readonly Bucket: string; readonly ExpectedBucketOwner?: string };

const nameOf = (read: Read) => read.name.replace(/Command$/, "");

/** A bucket of Ireland, set up in every way that is read. */
async function fullBucket(region = "eu-west-1"): Promise<string> {
  const Bucket = anyBucket();
  const LocationConstraint = region as "eu-west-1";
  const client = new S3Client({ ...settingsFor("alice"), region });
  await client.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }),
  );
  for (const [marker, text] of Object.entries(documents)) {
    configure(sandbox().world, Bucket, marker, text);
  }
  configure(sandbox().world, Bucket, "policy", soundPolicy(Bucket));
  return Bucket;
}

const documents = {
  encryption: encryptionXml("<SSEAlgorithm>aws:kms</SSEAlgorithm>"),
  versioning: "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>",
  logging:
    "<BucketLoggingStatus><LoggingEnabled><TargetBucket>a</TargetBucket><TargetPrefix/></LoggingEnabled></BucketLoggingStatus>",
  cors: "<CORSConfiguration><CORSRule><AllowedOrigin>https://a.example?a=1&amp;b=é</AllowedOrigin><AllowedMethod>GET</AllowedMethod><MaxAgeSeconds>60</MaxAgeSeconds></CORSRule></CORSConfiguration>",
  tagging: "<Tagging><TagSet><Tag><Key>a &lt; b</Key><Value/></Tag></TagSet></Tagging>",
  website:
    "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>",
  lifecycle:
    "<LifecycleConfiguration><Rule><ID>old</ID><Filter><Prefix/></Filter><Status>Enabled</Status><Expiration><Days>9</Days></Expiration></Rule></LifecycleConfiguration>",
  "object-lock":
    "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>7</Days></DefaultRetention></Rule></ObjectLockConfiguration>",
};

/** What a read sees, and which calls that took; ids are of the call and not of what it saw. */
async function seen(way: Way, read: Read, input: Input) {
  const of = { operation: nameOf(read), bucket: input.Bucket };
  const before = sandbox().calls.list(of).length;
  const command = new read({ ExpectedBucketOwner: sandbox().account, ...input } as never);
  const answer = await way.send(command as GetBucketAclCommand).then(
    (value) => ({ value: { ...value, $metadata: value.$metadata.httpStatusCode } }),
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => ({
      error: {
        ...error,
        ...{ name: error.name, message: error.message, isError: error instanceof Error },
        ...{ $metadata: error.$metadata?.httpStatusCode, RequestId: "", HostId: "", timing: "" },
      },
    }),
  );
  const calls = sandbox().calls.list(of).slice(before);
  return { ...answer, calls: calls.map(({ status, errorCode }) => [status, errorCode]) };
}

function waysOf(region = "eu-west-1", requestTimeout = 10_000): readonly [Way, Way] {
  const client = new S3Client({
    ...settingsFor("alice"),
    ...{ region, followRegionRedirects: true, maxAttempts: 2 },
    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
  });
  return [client, createBucketReads(client) as Way];
}

/** Every read by both ways, with the same trouble for each. */
async function compare(ways: readonly [Way, Way], input: Input, fault?: Omit<Fault, "bucket">) {
  const bySdk = await each(ways[0], input, fault);
  const lean = await each(ways[1], input, fault);
  expect(lean).toEqual(bySdk);
  return lean;
}

async function each(way: Way, input: Input, fault: Omit<Fault, "bucket"> | undefined) {
  const all = reads.map(async (read) => {
    const on = { bucket: input.Bucket, operation: nameOf(read) };
    const end = fault && sandbox().faults.add({ ...fault, ...on });
    const answer = await seen(way, read, input);
    end?.();
    return [nameOf(read), answer] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}

const statusesOf = (answers: Awaited<ReturnType<typeof each>>) =>
  new Set(Object.values(answers).map(({ calls }) => calls.map(([status]) => status).join()));

test("everything that is set is read alike", async () => {
  const answers = await compare(waysOf(), { Bucket: await fullBucket() });
  expect(Object.values(answers).filter((it) => "error" in it)).toEqual([]);
  expect(answers["GetBucketCors"]).toMatchObject({
    value: { CORSRules: [{ AllowedOrigins: ["https://a.example?a=1&b=é"], MaxAgeSeconds: 60 }] },
  });
});

test("what is not set is absent by the same names", async () => {
  const Bucket = anyBucket();
  await new S3Client(settingsFor("alice")).send(new CreateBucketCommand({ Bucket }));
  await compare(waysOf("us-east-1"), { Bucket });
});

test("a list begins and ends where it does for the client, whatever is in the names", async () => {
  const ways = waysOf();
  const Bucket = await fullBucket();
  for (const Key of ["a b/(1)'*!+", "a b/é&=%2F", "a b/~", "c"]) {
    await (ways[0] as S3Client).send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  }
  const range = { Prefix: "a b/", StartAfter: "a b/(1)'*!+", MaxKeys: 1 };
  const [bySdk, lean] = [
    await seen(ways[0], ListObjectsV2Command, { Bucket, ...range }),
    await seen(ways[1], ListObjectsV2Command, { Bucket, ...range }),
  ];
  expect(lean).toEqual(bySdk);
  expect(lean).toMatchObject({ value: { Contents: [{ Key: "a b/~" }], IsTruncated: true } });
});

test.concurrent.each<{ kind: FaultKind; times?: number; statuses: string }>([
  { kind: "access-denied", statuses: "403" },
  { kind: "throttle", times: 1, statuses: "503,200" },
  { kind: "throttle", statuses: "503,503" },
  { kind: "internal-error", statuses: "500,500" },
  { kind: "operation-aborted", statuses: "409" },
  { kind: "reset", times: 1, statuses: "0,200" },
  { kind: "reset", statuses: "0,0" },
  { kind: "timeout", statuses: "0,0" },
])("$kind ($statuses) means the same", async ({ statuses, ...fault }) => {
  const ways = waysOf("eu-west-1", fault.kind === "timeout" ? 700 : undefined);
  const answers = await compare(ways, { Bucket: await fullBucket() }, fault);
  expect(statusesOf(answers)).toEqual(new Set([statuses]));
});

test("a bucket that is gone, and one of somebody else", async () => {
  await compare(waysOf(), { Bucket: anyBucket() });
  const Bucket = await fullBucket();
  const foreign = await compare(waysOf(), { Bucket, ExpectedBucketOwner: "999900001111" });
  expect(statusesOf(foreign)).toEqual(new Set(["403"]));
});

test("a bucket of another Region is found as the client finds it", async () => {
  const [sdk, lean] = waysOf("us-east-1");
  const input = { Bucket: await fullBucket() };
  for (const read of reads) {
    const { calls: _, ...bySdk } = await seen(sdk, read, input);
    const { calls: __, ...byUs } = await seen(lean, read, input);
    expect(byUs).toEqual(bySdk);
  }
});

test("what is no plain read of a setting goes through the client", async () => {
  const [, lean] = waysOf();
  const Bucket = await fullBucket();
  const answer = await lean.send(new HeadBucketCommand({ Bucket }));
  expect(answer.BucketRegion).toBe("eu-west-1");
});

test("whoever counts requests sees each attempt, and what became of it", async () => {
  const Bucket = await fullBucket();
  const outcomes: string[] = [];
  const [client] = waysOf();
  const reads = createBucketReads(client as S3Client, async (attempt) => {
    const answer = attempt();
    await answer.then(
      () => outcomes.push("answered"),
      (error: Error) => outcomes.push(error.name),
    );
    return answer;
  });
  sandbox().faults.add({ kind: "internal-error", bucket: Bucket, times: 1 });
  await reads.send(new GetBucketAclCommand({ Bucket, ExpectedBucketOwner: sandbox().account }));
  expect(outcomes).toEqual(["InternalError", "answered"]);
});
