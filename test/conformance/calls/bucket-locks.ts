import {
  CreateBucketCommand,
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  GetObjectLockConfigurationCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
} from "@aws-sdk/client-s3";
import { answered, type Row, refused, type Scene, showing } from "./row.ts";

/** How a bucket keeps what is in it. */
export const bucketLocks: readonly Row[] = [
  { about: "bucket encryption", play: encryption },
  { about: "object lock", play: objectLock },
  { about: "object lock from birth", play: lockFromBirth },
];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html */
async function encryption({ s3, bucket, ask, account, region }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketEncryptionCommand({ Bucket }));
  const put = (...Rules: readonly object[]) =>
    s3().send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: { Rules: [...Rules] },
      }),
    );
  const rules = (rule: object) =>
    answered({ ServerSideEncryptionConfiguration: { Rules: [rule] } });
  const standard = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
    BucketKeyEnabled: false,
    BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
  };
  const KMSMasterKeyID = `arn:aws:kms:${region}:${account}:key/11111111-2222-4333-8444-555555555555`;
  const byKey = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID },
    BucketKeyEnabled: true,
    BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
  };
  await ask("of a new bucket", get(), rules(standard));
  await ask("put", put(byKey), answered());
  await ask("as it was put", get(), rules(byKey));
  await ask("two rules", put(byKey, byKey), refused("MalformedXML", 400));
  await ask("no rule", put(), refused("MalformedXML", 400));
  const keyOfNoUse = { SSEAlgorithm: "AES256", KMSMasterKeyID };
  await ask(
    "key without KMS",
    put({ ApplyServerSideEncryptionByDefault: keyOfNoUse }),
    refused("InvalidArgument", 400),
  );
  const unknown = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws.kms" } };
  await ask("algorithm that is not known", put(unknown), refused("MalformedXML", 400));
  await ask("untouched by refusals", get(), rules(byKey));
  await ask("delete", s3().send(new DeleteBucketEncryptionCommand({ Bucket })), answered());
  // Whether SSE-C stays blocked is not documented.
  const { BlockedEncryptionTypes: _blocked, ...rest } = standard;
  const left = { ServerSideEncryptionConfiguration: { Rules: [rest] } };
  await ask("deleted", get(), showing(left));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
async function objectLock({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetObjectLockConfigurationCommand({ Bucket }));
  const put = (ObjectLockConfiguration: object) =>
    s3().send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  const version = (Status: "Enabled" | "Suspended") =>
    s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  const on = { ObjectLockEnabled: "Enabled" };
  const kept = (DefaultRetention: object) => ({ ...on, Rule: { DefaultRetention } });
  const month = kept({ Mode: "GOVERNANCE", Days: 30 });
  const configured = (ObjectLockConfiguration: object) => answered({ ObjectLockConfiguration });
  await ask("never set", get(), refused("ObjectLockConfigurationNotFoundError", 404));
  await ask("put without versions", put(on), refused("InvalidBucketState", 409));
  await version("Enabled");
  await ask("put", put(month), answered());
  await ask("as it was put", get(), configured(month));
  await ask(
    "days and years",
    put(kept({ Mode: "GOVERNANCE", Days: 1, Years: 1 })),
    refused("MalformedXML", 400),
  );
  await ask("no period", put(kept({ Mode: "GOVERNANCE" })), refused("MalformedXML", 400));
  await ask(
    "mode that is not known",
    put(kept({ Mode: "SOFT", Days: 1 })),
    refused("MalformedXML", 400),
  );
  await ask("not enabled", put({ Rule: month.Rule }), refused("MalformedXML", 400));
  await ask("untouched by refusals", get(), configured(month));
  await ask("put without a rule", put(on), answered());
  await ask("its rule is gone", get(), configured(on));
  await ask("versions suspended", version("Suspended"), refused("InvalidBucketState", 409));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
async function lockFromBirth({ s3, ask }: Scene): Promise<void> {
  const Bucket = "object-lock-from-birth-a";
  await s3().send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  const get = s3().send(new GetObjectLockConfigurationCommand({ Bucket }));
  await ask("new", get, answered({ ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" } }));
}
