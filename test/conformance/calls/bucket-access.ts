import {
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
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
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { answered, type Row, refused, type Scene } from "./row.ts";

/** What comes before any setting: the bucket has to be there, and to be of the expected account. */
export const bucketAccess: readonly Row[] = [
  { about: "missing bucket", play: missing },
  { about: "expected owner", play: expectedOwner },
  { about: "another Region", play: anotherRegion },
];

interface Named {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string;
}

type Call = (on: Named) => Promise<object>;
type Calls = Readonly<Record<string, Call>>;

function reads({ s3 }: Scene): Calls {
  return {
    location: (on) => s3().send(new GetBucketLocationCommand(on)),
    policy: (on) => s3().send(new GetBucketPolicyCommand(on)),
    encryption: (on) => s3().send(new GetBucketEncryptionCommand(on)),
    logging: (on) => s3().send(new GetBucketLoggingCommand(on)),
    versioning: (on) => s3().send(new GetBucketVersioningCommand(on)),
    "object lock": (on) => s3().send(new GetObjectLockConfigurationCommand(on)),
    "public access block": (on) => s3().send(new GetPublicAccessBlockCommand(on)),
    cors: (on) => s3().send(new GetBucketCorsCommand(on)),
    ownership: (on) => s3().send(new GetBucketOwnershipControlsCommand(on)),
    acl: (on) => s3().send(new GetBucketAclCommand(on)),
    website: (on) => s3().send(new GetBucketWebsiteCommand(on)),
    tags: (on) => s3().send(new GetBucketTaggingCommand(on)),
    lifecycle: (on) => s3().send(new GetBucketLifecycleConfigurationCommand(on)),
    "who pays": (on) => s3().send(new GetBucketRequestPaymentCommand(on)),
    objects: (on) => s3().send(new ListObjectsV2Command(on)),
  };
}

/** Each with a body that is refused for nothing else. */
function writes({ s3 }: Scene): Calls {
  const algorithm = { SSEAlgorithm: "AES256" as const };
  const bodies = {
    encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: algorithm }] },
    versioning: { Status: "Enabled" as const },
    lock: { ObjectLockEnabled: "Enabled" as const },
    block: { BlockPublicAcls: true },
    cors: { CORSRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }] },
    ownership: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" as const }] },
  };
  const policyOf = ({ Bucket }: Named) => {
    const Resource = `arn:aws:s3:::${Bucket}`;
    const statement = { Effect: "Deny", Principal: "*", Action: "s3:ListBucket", Resource };
    return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  };
  return {
    "put policy": (on) => s3().send(new PutBucketPolicyCommand({ ...on, Policy: policyOf(on) })),
    "put encryption": (on) => {
      const body = { ServerSideEncryptionConfiguration: bodies.encryption };
      return s3().send(new PutBucketEncryptionCommand({ ...on, ...body }));
    },
    "put logging": (on) =>
      s3().send(new PutBucketLoggingCommand({ ...on, BucketLoggingStatus: {} })),
    "put versioning": (on) => {
      const body = { VersioningConfiguration: bodies.versioning };
      return s3().send(new PutBucketVersioningCommand({ ...on, ...body }));
    },
    "put object lock": (on) => {
      const body = { ObjectLockConfiguration: bodies.lock };
      return s3().send(new PutObjectLockConfigurationCommand({ ...on, ...body }));
    },
    "put public access block": (on) => {
      const body = { PublicAccessBlockConfiguration: bodies.block };
      return s3().send(new PutPublicAccessBlockCommand({ ...on, ...body }));
    },
    "put cors": (on) =>
      s3().send(new PutBucketCorsCommand({ ...on, CORSConfiguration: bodies.cors })),
    "put ownership": (on) => {
      const body = { OwnershipControls: bodies.ownership };
      return s3().send(new PutBucketOwnershipControlsCommand({ ...on, ...body }));
    },
  };
}

function removals({ s3 }: Scene): Calls {
  return {
    "delete policy": (on) => s3().send(new DeleteBucketPolicyCommand(on)),
    "delete encryption": (on) => s3().send(new DeleteBucketEncryptionCommand(on)),
    "delete public access block": (on) => s3().send(new DeletePublicAccessBlockCommand(on)),
    "delete cors": (on) => s3().send(new DeleteBucketCorsCommand(on)),
    "delete ownership": (on) => s3().send(new DeleteBucketOwnershipControlsCommand(on)),
  };
}

function allOf(scene: Scene): readonly (readonly [string, Call])[] {
  return Object.entries({ ...reads(scene), ...writes(scene), ...removals(scene) });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
async function missing(scene: Scene): Promise<void> {
  const gone = refused("NoSuchBucket", 404);
  for (const [title, call] of allOf(scene)) {
    await scene.ask(title, call({ Bucket: "conformance-no-such-bucket" }), gone);
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html */
async function expectedOwner(scene: Scene): Promise<void> {
  const on = { Bucket: await scene.bucket("a"), ExpectedBucketOwner: "999999999999" };
  const denied = refused("AccessDenied", 403);
  for (const [title, call] of allOf(scene)) {
    await scene.ask(title, call(on), denied);
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html */
async function anotherRegion({ s3, bucket, ask }: Scene): Promise<void> {
  const on = { Bucket: await bucket("a", "eu-west-1") };
  const read = s3().send(new GetBucketPolicyCommand(on));
  await ask("a read finds its way", read, refused("NoSuchBucketPolicy", 404));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  const write = s3().send(new PutBucketVersioningCommand({ ...on, VersioningConfiguration }));
  await ask("so does a write", write, answered());
  const get = s3("eu-west-1").send(new GetBucketVersioningCommand(on));
  await ask("as it was put", get, answered({ Status: "Enabled" }));
}
