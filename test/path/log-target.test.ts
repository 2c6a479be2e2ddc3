import { expect, test, vi } from "vitest";
import { type Rehearsal, rehearse } from "./rehearsal.ts";
import { denyPlainHttp, encryptionXml, soundLogBucketPolicy } from "./sound.ts";
import { standingOf } from "./standing.ts";

vi.setConfig({ testTimeout: 20_000 });

const region = "eu-west-1";
const off = { BucketLoggingStatus: {} };

interface Obstacle {
  readonly name: string;
  /** Says what is wrong, in words of the message. */
  readonly says: string;
  readonly prepare: (stage: Rehearsal, source: string) => unknown;
  /** Puts the log bucket right, by hand. */
  readonly clear: (stage: Rehearsal) => unknown;
}

function sound({ sandbox, logBucket }: Rehearsal): string {
  return soundLogBucketPolicy(logBucket, sandbox.account);
}

function withDeny(stage: Rehearsal): string {
  const statement = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${stage.logBucket}/*`,
    Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
  };
  const policy = JSON.parse(sound(stage));
  return JSON.stringify({ ...policy, Statement: [statement, ...policy.Statement] });
}

async function makeAgain(stage: Rehearsal, constraint?: "eu-west-1"): Promise<void> {
  const { as, logBucket, change } = stage;
  await as("owner", constraint).createBucket({
    Bucket: logBucket,
    ...(constraint === undefined
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: constraint } }),
  });
  change(logBucket, "policy", sound(stage));
  change(logBucket, "versioning", versioned);
}

const versioned = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
const lock =
  "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>";
const aes = "<SSEAlgorithm>AES256</SSEAlgorithm>";
const kms = "<SSEAlgorithm>aws:kms</SSEAlgorithm>";
const logsTo = (target: string) =>
  `<BucketLoggingStatus><LoggingEnabled><TargetBucket>${target}</TargetBucket><TargetPrefix>x/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>`;
const payer = (who: string) =>
  `<RequestPaymentConfiguration><Payer>${who}</Payer></RequestPaymentConfiguration>`;

const obstacles: readonly Obstacle[] = [
  {
    name: "does not exist",
    says: "does not exist",
    prepare: ({ as, logBucket }) => as("owner").deleteBucket({ Bucket: logBucket }),
    clear: (stage) => makeAgain(stage),
  },
  {
    name: "is in another region",
    says: `is in ${region}`,
    prepare: async (stage) => {
      await stage.as("owner").deleteBucket({ Bucket: stage.logBucket });
      await makeAgain(stage, region);
    },
    clear: async (stage) => {
      await stage.as("owner", region).deleteBucket({ Bucket: stage.logBucket });
      await makeAgain(stage);
    },
  },
  {
    name: "has Object Lock",
    says: "has Object Lock",
    prepare: ({ change, logBucket }) => change(logBucket, "object-lock", lock),
    clear: ({ change, logBucket }) => change(logBucket, "object-lock", undefined),
  },
  {
    name: "lets the requester pay",
    says: "is Requester Pays",
    prepare: ({ change, logBucket }) => change(logBucket, "requestPayment", payer("Requester")),
    clear: ({ change, logBucket }) => change(logBucket, "requestPayment", payer("BucketOwner")),
  },
  {
    name: "encrypts with KMS",
    says: "encrypts with aws:kms",
    prepare: ({ change, logBucket }) => change(logBucket, "encryption", encryptionXml(kms)),
    clear: ({ change, logBucket }) => change(logBucket, "encryption", encryptionXml(aes)),
  },
  {
    name: "denies uploads without a KMS header",
    says: "denies log delivery",
    prepare: (stage) => stage.change(stage.logBucket, "policy", withDeny(stage)),
    clear: (stage) => stage.change(stage.logBucket, "policy", sound(stage)),
  },
  {
    name: "logs into the source",
    says: "an endless loop",
    prepare: ({ change, logBucket }, source) => change(logBucket, "logging", logsTo(source)),
    clear: ({ change, logBucket }) => change(logBucket, "logging", undefined),
  },
];

test.concurrent.each(obstacles)(
  "a log bucket that $name blocks logging, and the message says why",
  async ({ says, prepare, clear }) => {
    await using stage = await rehearse({ watch: false });
    const source = stage.bucket("source");
    await prepare(stage, source);
    await stage
      .as("mallory")
      .putBucketLogging({ Bucket: source, ...off })
      .catch(() => undefined);
    expect(await stage.lookAgain(source)).toBe("blocked");
    expect(stage.told(source)).toEqual(["blocked access-logging"]);
    expect(stage.messages(source)[0]?.notices[0]?.did).toContain(says);
    expect(stage.writes()).toEqual([]);

    await clear(stage);
    expect(await stage.lookAgain(source)).toBe("fixed");
    expect((await standingOf(stage, source)).logsTo).toBe(stage.logBucket);
    expect(stage.told(source)).toEqual(["blocked access-logging", "fixed access-logging"]);
    expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
  },
);

test("twelve sources that wait for the grant get it once, and all of them log", async () => {
  await using stage = await rehearse({ retryMilliseconds: 500 });
  const { logBucket } = stage;
  const sources = Array.from({ length: 12 }, () => stage.bucket("source"));
  const foreign = denyPlainHttp(logBucket);
  stage.change(logBucket, "policy", JSON.stringify({ Statement: foreign }));
  const mallory = stage.as("mallory");
  await Promise.all(sources.map((Bucket) => mallory.putBucketLogging({ Bucket, ...off })));
  await stage.deployment.idle();

  const { Policy: text = "" } = await stage.as("owner").getBucketPolicy({ Bucket: logBucket });
  expect(JSON.parse(text).Statement).toEqual([
    foreign,
    {
      Sid: "BucketWardenLogDelivery",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${logBucket}/*`,
      Condition: {
        ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
        StringEquals: { "aws:SourceAccount": "111122223333" },
      },
    },
  ]);
  expect(stage.writes(logBucket)).toEqual(["PutBucketPolicy"]);
  expect(stage.told(logBucket)).toEqual(["fixed access-logging"]);
  const standings = await Promise.all(sources.map((source) => standingOf(stage, source)));
  expect(standings.map(({ logsTo: target }) => target)).toEqual(sources.map(() => logBucket));
  expect(sources.map((source) => stage.told(source))).toEqual(
    sources.map(() => ["fixed access-logging"]),
  );
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});

test("a grant that somebody takes away from the log bucket is given back", async () => {
  await using stage = await rehearse();
  const { logBucket } = stage;
  const without = JSON.stringify({ Statement: [denyPlainHttp(logBucket)] });
  await stage.as("mallory").putBucketPolicy({ Bucket: logBucket, Policy: without });
  await stage.deployment.idle();
  expect((await standingOf(stage, logBucket)).statements).toEqual([
    "BucketWardenLogDelivery",
    "NobodyInClearText",
  ]);
  expect(stage.told(logBucket)).toEqual(["fixed access-logging"]);
});

test("KMS as default encryption of the log bucket is left to a person", async () => {
  await using stage = await rehearse();
  const { logBucket } = stage;
  const rule = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const },
    BucketKeyEnabled: true,
    BlockedEncryptionTypes: { EncryptionType: ["SSE-C" as const] },
  };
  await stage.as("mallory").putBucketEncryption({
    Bucket: logBucket,
    ServerSideEncryptionConfiguration: { Rules: [rule] },
  });
  await stage.deployment.idle();
  expect([...stage.told(logBucket)].sort()).toEqual([
    "flagged default-encryption",
    "flagged log-target-health",
  ]);
  expect(stage.writes()).toEqual([]);
});
