import {
  DeleteBucketCorsCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketCorsCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketCorsCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { answered, type Row, refused, type Scene } from "./row.ts";

/** The documents of a bucket that the product writes, but encryption and Object Lock. */
export const bucketDocuments: readonly Row[] = [
  { about: "bucket policy", play: policy },
  { about: "bucket logging", play: logging },
  { about: "bucket versioning", play: versioning },
  { about: "bucket public access block", play: publicAccessBlock },
  { about: "bucket cors", play: cors },
  { about: "bucket ownership", play: ownership },
];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
async function policy({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketPolicyCommand({ Bucket }));
  const put = (Policy: string) => s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
  const statement = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const text = (change: object) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...change }] });
  const malformed = refused("MalformedPolicy", 400);
  await ask("never set", get(), refused("NoSuchBucketPolicy", 404));
  await ask("put", put(text({})), answered());
  await ask("as it was put", get(), answered({ Policy: text({}) }));
  await ask("no JSON", put("Deny all"), malformed);
  await ask("effect in lower case", put(text({ Effect: "deny" })), malformed);
  await ask("misspelt element", put(text({ Conditions: {} })), malformed);
  await ask("id of a deleted role", put(text({ Principal: { AWS: "AROAEXAMPLE" } })), malformed);
  await ask("resource elsewhere", put(text({ Resource: "arn:aws:s3:::other/*" })), malformed);
  const everybody = { Effect: "Allow", Action: "s3:GetObject", Condition: undefined };
  const open = text({ ...everybody, Resource: `arn:aws:s3:::${Bucket}/*` });
  await ask("public under the block", put(open), refused("AccessDenied", 403));
  await ask("untouched by refusals", get(), answered({ Policy: text({}) }));
  await ask("delete", s3().send(new DeleteBucketPolicyCommand({ Bucket })), answered());
  await ask("delete again", s3().send(new DeleteBucketPolicyCommand({ Bucket })), answered());
  await ask("deleted", get(), refused("NoSuchBucketPolicy", 404));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
async function logging({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("source");
  const TargetBucket = await bucket("target");
  const abroad = await bucket("abroad", "eu-west-1");
  const get = () => s3().send(new GetBucketLoggingCommand({ Bucket }));
  const put = (BucketLoggingStatus: object) =>
    s3().send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus }));
  const into = (target: string, more: object = {}) =>
    put({ LoggingEnabled: { TargetBucket: target, TargetPrefix: "logs/", ...more } });
  const partitioned = { PartitionedPrefix: { PartitionDateSource: "EventTime" } };
  await ask("never set", get(), answered());
  await ask("target that lets nobody deliver", into(TargetBucket), answered()); // S3 does not look
  const allow = {
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${TargetBucket}/logs/*`,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [allow] });
  await s3().send(new PutBucketPolicyCommand({ Bucket: TargetBucket, Policy }));
  await ask("put", into(TargetBucket), answered());
  const enabled = { TargetBucket, TargetPrefix: "logs/" };
  await ask("as it was put", get(), answered({ LoggingEnabled: enabled }));
  await ask(
    "put with a format of names",
    into(TargetBucket, { TargetObjectKeyFormat: partitioned }),
    answered(),
  );
  await ask(
    "with its format of names",
    get(),
    answered({ LoggingEnabled: { ...enabled, TargetObjectKeyFormat: partitioned } }),
  );
  await ask(
    "target that is not there",
    into("conformance-no-such-bucket"),
    refused("InvalidTargetBucketForLogging", 400),
  );
  await ask(
    "target in another Region",
    into(abroad),
    refused("CrossLocationLoggingProhibitted", 403), // so spelt by S3
  );
  await ask("empty", put({}), answered());
  await ask("emptied", get(), answered());
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
async function versioning({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketVersioningCommand({ Bucket }));
  const put = (VersioningConfiguration: object) =>
    s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  await ask("never set", get(), answered());
  await ask("put", put({ Status: "Enabled" }), answered());
  await ask("enabled", get(), answered({ Status: "Enabled" }));
  await ask("put suspended", put({ Status: "Suspended" }), answered());
  await ask("suspended", get(), answered({ Status: "Suspended" }));
  await ask("status in lower case", put({ Status: "enabled" }), refused("MalformedXML", 400));
  await ask("no status", put({}), refused("IllegalVersioningConfigurationException", 400));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
async function publicAccessBlock({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetPublicAccessBlockCommand({ Bucket }));
  const put = (PublicAccessBlockConfiguration: object) =>
    s3().send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  const block = (acls: boolean, rest: boolean) => ({
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: acls,
      IgnorePublicAcls: rest,
      BlockPublicPolicy: rest,
      RestrictPublicBuckets: rest,
    },
  });
  await ask("of a new bucket", get(), answered(block(true, true)));
  await ask("put one flag", put({ BlockPublicAcls: true }), answered());
  await ask("the others are off", get(), answered(block(true, false)));
  const erase = s3().send(new DeletePublicAccessBlockCommand({ Bucket }));
  await ask("delete", erase, answered());
  await ask("deleted", get(), refused("NoSuchPublicAccessBlockConfiguration", 404));
  await ask("put after that", put(block(true, true).PublicAccessBlockConfiguration), answered());
  await ask("as it was put", get(), answered(block(true, true)));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
async function cors({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketCorsCommand({ Bucket }));
  const put = (CORSRules: readonly object[]) =>
    s3().send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: JSON.parse(JSON.stringify({ CORSRules })),
      }),
    );
  const rule = {
    ID: "one",
    AllowedMethods: ["GET", "PUT"],
    AllowedOrigins: ["https://example.com"],
    AllowedHeaders: ["*"],
    ExposeHeaders: ["etag"],
    MaxAgeSeconds: 60,
  };
  await ask("never set", get(), refused("NoSuchCORSConfiguration", 404));
  await ask("put", put([rule]), answered());
  await ask("as it was put", get(), answered({ CORSRules: [rule] }));
  await ask("no rules", put([]), refused("MalformedXML", 400));
  const { AllowedOrigins } = rule;
  const unknown = put([{ AllowedMethods: ["PATCH"], AllowedOrigins }]);
  await ask("method that is not known", unknown, refused("InvalidRequest", 400));
  await ask("delete", s3().send(new DeleteBucketCorsCommand({ Bucket })), answered());
  await ask("deleted", get(), refused("NoSuchCORSConfiguration", 404));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
async function ownership({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketOwnershipControlsCommand({ Bucket }));
  const put = (...settings: readonly string[]) =>
    s3().send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        // Settings that the SDK does not list are part of the question.
        OwnershipControls: {
          Rules: settings.map((it) => ({ ObjectOwnership: it as "ObjectWriter" })),
        },
      }),
    );
  const rules = (ObjectOwnership: string) =>
    answered({ OwnershipControls: { Rules: [{ ObjectOwnership }] } });
  await ask("of a new bucket", get(), rules("BucketOwnerEnforced"));
  await ask("put", put("BucketOwnerPreferred"), answered());
  await ask("as it was put", get(), rules("BucketOwnerPreferred"));
  await ask("setting that is not known", put("Nobody"), refused("MalformedXML", 400));
  await ask("two rules", put("ObjectWriter", "ObjectWriter"), refused("MalformedXML", 400));
  const erase = s3().send(new DeleteBucketOwnershipControlsCommand({ Bucket }));
  await ask("delete", erase, answered());
  await ask("deleted", get(), refused("OwnershipControlsNotFoundError", 404));
}
