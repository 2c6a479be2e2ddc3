import { assertNever } from "../../kernel/never.ts";
import type { PublicAccessBlock } from "../../model/documents.ts";
import type { WriteStep } from "../../model/plan.ts";
import { addedStatements, jsonLines } from "./statements.ts";

type BucketStep = Exclude<WriteStep, { document: "policy" | "accountPublicAccess" }>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export function inCloudFormation(step: WriteStep): readonly string[] {
  if (step.document === "policy") {
    const statements = jsonLines(addedStatements(step));
    return [`add to Statement of the AWS::S3::BucketPolicy of ${step.on.name}:`, ...statements];
  }
  if (step.document === "accountPublicAccess") return accountCommand(step);
  return [`Properties of the AWS::S3::Bucket ${step.on.name}:`, ...jsonLines(propertiesOf(step))];
}

/** No type of CloudFormation stands for the block of a whole account. */
export function accountCommand({
  on,
  after,
}: Extract<WriteStep, { document: "accountPublicAccess" }>): readonly string[] {
  const flags = Object.entries(accessFlags(after)).map(([name, value]) => `${name}=${value}`);
  return [
    "there is no type for it; whatever sets it shall set:",
    `aws s3control put-public-access-block --account-id ${on.account} --public-access-block-configuration ${flags.join(",")}`,
  ];
}

/** The properties of `AWS::S3::Bucket` that say what a step would write. */
export function propertiesOf(step: BucketStep): Readonly<Record<string, unknown>> {
  switch (step.document) {
    case "encryption":
      return { BucketEncryption: { ServerSideEncryptionConfiguration: [encryptionRule(step)] } };
    case "logging":
      return {
        LoggingConfiguration: {
          DestinationBucketName: step.after.targetBucket,
          LogFilePrefix: step.after.targetPrefix,
        },
      };
    case "versioning":
      return { VersioningConfiguration: { Status: statusOf(step) } };
    case "publicAccessBlock":
      return { PublicAccessBlockConfiguration: accessFlags(step.after) };
    case "ownership":
      return { OwnershipControls: { Rules: [{ ObjectOwnership: step.after.setting }] } };
    case "cors":
      return {
        CorsConfiguration: {
          CorsRules: step.after.rules.map(({ origins, methods, exposedHeaders }) => ({
            AllowedOrigins: origins,
            AllowedMethods: methods,
            ...(exposedHeaders.length === 0 ? {} : { ExposedHeaders: exposedHeaders }),
          })),
        },
      };
    case "objectLock":
      return { ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", ...lockRule(step) } };
    default:
      return assertNever(step);
  }
}

function accessFlags(flags: PublicAccessBlock) {
  return {
    BlockPublicAcls: flags.blockPublicAcls,
    IgnorePublicAcls: flags.ignorePublicAcls,
    BlockPublicPolicy: flags.blockPublicPolicy,
    RestrictPublicBuckets: flags.restrictPublicBuckets,
  };
}

function encryptionRule({ after }: Extract<WriteStep, { document: "encryption" }>) {
  const { algorithm, keyId, bucketKeyEnabled, blockedEncryptionTypes } = after;
  return {
    ServerSideEncryptionByDefault: {
      SSEAlgorithm: algorithm,
      ...(keyId === undefined ? {} : { KMSMasterKeyID: keyId }),
    },
    BucketKeyEnabled: bucketKeyEnabled,
    ...(blockedEncryptionTypes === undefined
      ? {}
      : { BlockedEncryptionTypes: { EncryptionType: blockedEncryptionTypes } }),
  };
}

export function statusOf({ after }: Extract<WriteStep, { document: "versioning" }>): string {
  return after.status === "enabled" ? "Enabled" : "Suspended";
}

function lockRule({ after }: Extract<WriteStep, { document: "objectLock" }>) {
  const { defaultRetention } = after;
  if (defaultRetention === undefined) return {};
  const { mode, period } = defaultRetention;
  const length = period.unit === "days" ? { Days: period.count } : { Years: period.count };
  return { Rule: { DefaultRetention: { Mode: mode, ...length } } };
}
