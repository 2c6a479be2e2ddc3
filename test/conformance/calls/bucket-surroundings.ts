import {
  DeleteBucketLifecycleCommand,
  DeleteBucketTaggingCommand,
  DeleteBucketWebsiteCommand,
  GetBucketAclCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketAclCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketRequestPaymentCommand,
  PutBucketTaggingCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { answered, type Row, refused, type Scene, showing } from "./row.ts";

/** What the product reads of a bucket and never writes. */
export const bucketSurroundings: readonly Row[] = [
  { about: "bucket acl", play: acl },
  { about: "bucket website", play: website },
  { about: "bucket tags", play: tags },
  { about: "bucket lifecycle", play: lifecycle },
  { about: "bucket location", play: location },
  { about: "who pays", play: payment },
  { about: "objects", play: objects },
  { about: "an object", play: object },
  { about: "buckets", play: buckets },
];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
async function acl({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketAclCommand({ Bucket }));
  const ACL = "log-delivery-write" as "private"; // the SDK does not list the one for buckets
  const put = () => s3().send(new PutBucketAclCommand({ Bucket, ACL }));
  const Owner = { ID: "<canonical id>" };
  const own = { Grantee: { ...Owner, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" };
  await ask("of a new bucket", get(), answered({ Owner, Grants: [own] }));
  await ask("put where ACLs are off", put(), refused("AccessControlListNotSupported", 400));
  await s3().send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
    }),
  );
  await ask("put", put(), answered());
  const URI = "http://acs.amazonaws.com/groups/s3/LogDelivery";
  const delivery = (Permission: string) => ({ Grantee: { Type: "Group", URI }, Permission });
  const grants = [own, delivery("WRITE"), delivery("READ_ACP")];
  await ask("as it was put", get(), answered({ Owner, Grants: grants }));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketWebsite.html */
async function website({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketWebsiteCommand({ Bucket }));
  const WebsiteConfiguration = {
    IndexDocument: { Suffix: "index.html" },
    ErrorDocument: { Key: "error.html" },
  };
  await ask("never set", get(), refused("NoSuchWebsiteConfiguration", 404));
  await s3().send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }));
  await ask("as it was put", get(), answered(WebsiteConfiguration));
  await s3().send(new DeleteBucketWebsiteCommand({ Bucket }));
  await ask("deleted", get(), refused("NoSuchWebsiteConfiguration", 404));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
async function tags({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketTaggingCommand({ Bucket }));
  const TagSet = [
    { Key: "team", Value: "data" },
    { Key: "empty", Value: "" },
  ];
  await ask("never set", get(), refused("NoSuchTagSet", 404));
  await s3().send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  await ask("as they were put", get(), answered({ TagSet }));
  await s3().send(new DeleteBucketTaggingCommand({ Bucket }));
  await ask("deleted", get(), refused("NoSuchTagSet", 404));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
async function lifecycle({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  const rule = {
    ID: "old",
    Status: "Enabled" as const,
    Filter: { Prefix: "logs/" },
    Expiration: { Days: 30 },
  };
  await ask("never set", get(), refused("NoSuchLifecycleConfiguration", 404));
  await s3().send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: { Rules: [rule] },
    }),
  );
  await ask("as it was put", get(), showing({ Rules: [rule] }));
  await s3().send(new DeleteBucketLifecycleCommand({ Bucket }));
  await ask("deleted", get(), refused("NoSuchLifecycleConfiguration", 404));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html */
async function location({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("home");
  const abroad = await bucket("abroad", "eu-west-1");
  const at = (name: string) => s3().send(new GetBucketLocationCommand({ Bucket: name }));
  await ask("in us-east-1", at(Bucket), answered());
  await ask("elsewhere", at(abroad), answered({ LocationConstraint: "eu-west-1" }));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketRequestPayment.html */
async function payment({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const get = () => s3().send(new GetBucketRequestPaymentCommand({ Bucket }));
  await ask("never set", get(), answered({ Payer: "BucketOwner" }));
  await s3().send(
    new PutBucketRequestPaymentCommand({
      Bucket,
      RequestPaymentConfiguration: { Payer: "Requester" },
    }),
  );
  await ask("as it was put", get(), answered({ Payer: "Requester" }));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
async function objects({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const list = (input: object) => s3().send(new ListObjectsV2Command({ Bucket, ...input }));
  const all = { Name: Bucket, MaxKeys: 1_000, IsTruncated: false, Prefix: "" };
  await ask("none", list({}), showing({ ...all, KeyCount: 0 }));
  for (const Key of ["logs/1", "logs/2", "logs/3", "rest/1"]) {
    await s3().send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  }
  const object = (Key: string) => ({
    Key,
    LastModified: "<date>",
    Size: 1,
    StorageClass: "STANDARD",
  });
  const later = { Prefix: "logs/", StartAfter: "logs/1" };
  await ask(
    "below a prefix, after a key",
    list({ ...later, MaxKeys: 1 }),
    showing({ ...later, MaxKeys: 1, KeyCount: 1, IsTruncated: true, Contents: [object("logs/2")] }),
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
async function object({ s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const Key = "log";
  const get = async (input: object) => {
    const { Body, ...head } = await s3().send(new GetObjectCommand({ Bucket, Key, ...input }));
    return { ...head, text: await Body?.transformToString() };
  };
  await ask("before it is there", get({}), refused("NoSuchKey", 404));
  await s3().send(new PutObjectCommand({ Bucket, Key, Body: "0123456789" }));
  await ask("all of it", get({}), showing({ text: "0123456789", ContentLength: 10 }));
  const begin = { text: "0123", ContentLength: 4, ContentRange: "bytes 0-3/10" };
  await ask("its beginning", get({ Range: "bytes=0-3" }), showing(begin));
  const whole = { text: "0123456789", ContentRange: "bytes 0-9/10" };
  await ask("a range that is longer", get({ Range: "bytes=0-99" }), showing(whole));
  await ask("a range behind its end", get({ Range: "bytes=10-" }), refused("InvalidRange", 416));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
async function buckets({ s3, bucket, ask }: Scene): Promise<void> {
  const list = async (input: object) => {
    const { Buckets = [] } = await s3().send(new ListBucketsCommand(input));
    return { Buckets: Buckets.filter(({ Name }) => Name?.startsWith("buckets-")) };
  };
  const paged = { Prefix: "buckets-", MaxBuckets: 1_000 };
  await ask("none", list(paged), answered({ Buckets: [] }));
  const first = { Name: await bucket("a"), CreationDate: "<date>" };
  const second = { Name: await bucket("b", "eu-west-1"), CreationDate: "<date>" };
  const located = [
    { ...first, BucketRegion: "us-east-1" },
    { ...second, BucketRegion: "eu-west-1" },
  ];
  await ask("those of all Regions", list(paged), showing({ Buckets: located }));
  const page = async (input: object) => {
    const answer = await s3().send(new ListBucketsCommand({ Prefix: "buckets-", ...input }));
    const { Buckets = [], ContinuationToken: next } = answer;
    return { names: Buckets.map(({ Name }) => Name), next };
  };
  const begun = await page({ MaxBuckets: 1 });
  const rest = page({ MaxBuckets: 1, ContinuationToken: begun.next });
  await ask("the second page, which is the last", rest, answered({ names: [second.Name] }));
  // Only a request with a parameter is told the Regions.
  await ask("asked for all at once", list({}), answered({ Buckets: [first, second] }));
}
