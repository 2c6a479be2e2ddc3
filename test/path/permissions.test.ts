import { PutObjectCommand } from "@aws-sdk/client-s3";
import {
  createAccessLogs,
  createClients,
  createDirectory,
  createHistory,
  createReader,
  createWriter,
} from "@bucket-warden/core/aws";
import {
  absent,
  type BucketRef,
  type Facet,
  type PlanStep,
  parseAccountId,
  parseBucketName,
  parseRegion,
  type RemovalStep,
  type WritableFacet,
} from "@bucket-warden/core/model";
import {
  type ApiCall,
  actionsOf,
  callsToAttribute,
  callsToList,
  callsToRead,
  callsToSeeCallers,
  callToRemove,
  callToWrite,
  pageOf,
} from "@bucket-warden/core/permissions";
import { configure, startSandbox } from "@bucket-warden/sandbox";
import { createBucket, createKey } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test } from "vitest";
import { encryptionXml } from "./sound.ts";

const sandbox = await startSandbox();
afterAll(() => sandbox.stop());

const on = refOf("photos");
const logs = refOf("photos-logs");
for (const { name } of [on, logs]) await createBucket(sandbox, name, sandbox.region);
// It receives logs as well, so that all of that is read of it.
configure(sandbox.world, on.name, "policy", '{"Principal":{"Service":"logging.s3.amazonaws.com"}}');
// Where ACLs have a say, they are read as well.
const withAcls =
  "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>";
for (const { name } of [on, logs]) configure(sandbox.world, name, "ownershipControls", withAcls);
const key = await createKey(sandbox, sandbox.region);
const byKey = `<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${key}</KMSMasterKeyID>`;
configure(sandbox.world, on.name, "encryption", encryptionXml(byKey));

const vended = { account: on.account, region: on.region, name: "photos", arn: "source" };
sandbox.world.deliverySources.set("source", {
  ...vended,
  resourceArn: `arn:aws:s3:::${on.name}`,
  service: "s3",
  logType: "S3_SERVER_ACCESS_LOGS",
});

sandbox.world.accessPoints.set(`arn:aws:s3:${on.region}:${on.account}:accesspoint/reader`, {
  name: "reader",
  account: on.account,
  region: on.region,
  alias: "reader-s3alias",
  bucket: on.name,
  bucketAccount: on.account,
  block: {},
  createdAt: 0,
});

sandbox.world.vaults.set("vault", {
  name: "records",
  arn: "vault",
  account: on.account,
  region: on.region,
  createdAt: 0,
  archives: 0,
});

const redacted = `arn:aws:s3-object-lambda:${on.region}:${on.account}:accesspoint/redacted`;
sandbox.world.objectLambdas.set(redacted, {
  name: "redacted",
  arn: redacted,
  account: on.account,
  region: on.region,
  alias: "redacted--ol-s3",
  createdAt: 0,
  configuration: { SupportingAccessPoint: "plain" },
});
sandbox.world.multiRegionPoints.set(`${on.account}/everywhere`, {
  name: "everywhere",
  account: on.account,
  alias: "everywhere.mrap",
  createdAt: 0,
  block: {},
  buckets: [],
  status: "READY",
});

const clients = createClients({
  region: on.region,
  endpoint: sandbox.endpoint,
  credentials: { accessKeyId: "warden", secretAccessKey: "any" },
});

/** What has to be asked for, so that a reader makes every call that it can make. */
const facets: Readonly<Record<Facet, true>> = {
  policy: true,
  encryption: true,
  logging: true,
  vendedLogs: true,
  lastLog: true,
  versioning: true,
  objectLock: true,
  publicAccessBlock: true,
  cors: true,
  ownership: true,
  acl: true,
  website: true,
  tags: true,
  location: true,
  lifecycle: true,
  baselineKey: true,
  encryptionKey: true,
  kmsLoad: true,
  logTarget: true,
  accessPoints: true,
  vaults: true,
  logReceiver: true,
  trails: true,
  accountPublicAccess: true,
  organizationPublicAccess: true,
  objectLambdas: true,
  multiRegionAccessPoints: true,
  organizationalUnits: true,
};
const allFacets = Object.keys(facets) as readonly Facet[]; // the record has every facet and no more

const logging = `<BucketLoggingStatus><LoggingEnabled><TargetBucket>${logs.name}</TargetBucket><TargetPrefix/></LoggingEnabled></BucketLoggingStatus>`;

test.each(allFacets)(
  "reading %s makes exactly the calls that it has permission for",
  async (facet) => {
    // Where S3 logs, nobody asks CloudWatch Logs, and the other way round.
    configure(sandbox.world, on.name, "logging", facet === "lastLog" ? logging : undefined);
    // And nobody asks about the load of KMS where a Bucket Key spares it.
    const isSpared = facet !== "kmsLoad";
    configure(sandbox.world, on.name, "encryption", encryptionXml(byKey, isSpared));
    const made = await callsDuring(async () => {
      const now = sandbox.world.now();
      const context = { key, logTarget: logs.name, now, logsAsOf: now };
      await createReader(clients).read(facet, on, context);
    });
    expect(made).toEqual(inWords(callsToRead(facet)));
  },
);

const rule = { ObjectOwnership: "BucketOwnerEnforced" };
const complete = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
  configuration: {},
};
const bodies = {
  policy: { text: '{"Version":"2012-10-17","Statement":[]}' },
  encryption: { algorithm: "AES256", bucketKeyEnabled: false, rule: {} },
  logging: { targetBucket: logs.name, targetPrefix: "", enabled: {} },
  versioning: { status: "enabled", mfaDelete: "never-configured" },
  objectLock: { configuration: {} },
  publicAccessBlock: complete,
  accountPublicAccess: complete,
  cors: { rules: [{ origins: ["*"], methods: ["GET"], exposedHeaders: [], rule: {} }] },
  ownership: { setting: rule.ObjectOwnership, rule },
} as const satisfies { readonly [F in WritableFacet]: Extract<PlanStep, { document: F }>["after"] };
const documents = Object.keys(bodies) as readonly WritableFacet[]; // `bodies` satisfies it

const once = () => Promise.resolve(false);

test.each(documents)(
  "writing the %s makes exactly the call that it has permission for",
  async (document) => {
    const writer = createWriter({
      clients,
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      random: () => 0,
    });
    const step = { document, on, controls: [], before: absent, after: bodies[document] };
    // `bodies` pairs each document with its own shape.
    const made = await callsDuring(() => writer.write(step as PlanStep, once));
    expect(made).toEqual(inWords([callToWrite(document)]));
  },
);

const removable = [
  "policy",
  "encryption",
  "logging",
  "publicAccessBlock",
  "cors",
  "ownership",
  "accountPublicAccess",
] as const satisfies readonly RemovalStep["document"][];

test.each(removable)(
  "making the %s absent again makes exactly the call that it has permission for",
  async (document) => {
    const writer = createWriter({
      clients,
      clock: { now: Date.now, sleep: () => Promise.resolve() },
      random: () => 0,
    });
    const step = { document, on, controls: [], before: absent, after: absent };
    // An account has a document of its own, and the sandbox does not mind the bucket's name.
    const made = await callsDuring(() => writer.write(step as RemovalStep, once));
    expect(made).toEqual(inWords([callToRemove(document)]));
  },
);

test("listing what there is makes exactly the calls that it has permission for", async () => {
  // What an alias means has to be asked.
  const byAlias = "<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/any</KMSMasterKeyID>";
  configure(sandbox.world, logs.name, "encryption", encryptionXml(byAlias));
  const directory = createDirectory(clients, [on.region]);
  const made = await callsDuring(async () => {
    for await (const _ of directory.bucketsOf(on.account));
    for await (const _ of directory.sourcesOf(logs));
    for await (const _ of directory.bucketsUsingKey([key], on));
    for await (const _ of directory.bucketsDelivering("access", on));
    for await (const _ of directory.bucketsNotLogged(on));
    await directory.bucketBehind("reader", on);
  });
  expect(made).toEqual(inWords(callsToList));
});

test("asking who changed a bucket makes exactly the call that it has permission for", async () => {
  const made = await callsDuring(async () => {
    for await (const _ of createHistory(clients).changesOf(on, new Date().toISOString()));
  });
  expect(made).toEqual(inWords(callsToAttribute));
});

test("asking who calls a bucket makes exactly the calls that it has permission for", async () => {
  configure(sandbox.world, on.name, "logging", logging);
  const stamp = new Date().toISOString().slice(0, 19).replace(/[T:]/g, "-");
  const log = { Bucket: logs.name, Key: `${stamp}-AB`, Body: "a log" };
  await clients.s3(logs).send(new PutObjectCommand(log));
  const made = await callsDuring(() =>
    createAccessLogs(clients).recent(on, sandbox.world.now() + 1_000),
  );
  expect(made).toEqual(inWords(callsToSeeCallers));
});

test("everything together needs no action on objects, and nothing by wildcard", () => {
  const calls = [...allFacets.flatMap(callsToRead), ...documents.map(callToWrite), ...callsToList];
  const actions = actionsOf(calls);
  expect(actions.filter((action) => !/^[a-z0-9]+:[A-Z][A-Za-z]+$/.test(action))).toEqual([]);
  expect(actions.filter((action) => /Object(?!Lock|Lambda)|Delete/.test(action))).toEqual([]);
  expect(actions).toContain("s3:PutEncryptionConfiguration");
  expect(actions).not.toContain("s3:PutBucketEncryption");
});

test("each call leads to its page in the reference of its service", () => {
  const [describeKey] = callsToRead("baselineKey");
  expect(describeKey && pageOf(describeKey)).toBe(
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html",
  );
});

/** The calls that the sandbox served meanwhile, each once. */
async function callsDuring(work: () => Promise<unknown>): Promise<readonly string[]> {
  sandbox.calls.clear();
  await work();
  return sorted(sandbox.calls.list().map(({ service, operation }) => `${service} ${operation}`));
}

function inWords(calls: readonly ApiCall[]): readonly string[] {
  return sorted(calls.map(({ service, operation }) => `${service} ${operation}`));
}

function sorted(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

function refOf(name: string): BucketRef {
  return {
    kind: "bucket",
    name: parseBucketName(name, "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("us-east-1", "test"),
  };
}
