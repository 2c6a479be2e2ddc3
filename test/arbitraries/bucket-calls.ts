import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeleteBucketWebsiteCommand,
  DeletePublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";

/** Sends a call on a bucket; S3 may refuse it. */
export type Send = (Bucket: string) => Promise<unknown>;

/** Calls of every kind that set something on a bucket, make it or delete it. */
export function bucketCalls(s3: () => S3Client): fc.Arbitrary<Send> {
  const text = fc.string({
    unit: fc.constantFrom("a", "B", "7", "0", ".", "-", "/", " ", "é", "<"),
  });
  const days = fc.integer({ min: 1, max: 400 });
  const choice = fc.constantFrom;
  const optional = <T>(it: fc.Arbitrary<T>) => fc.option(it, { nil: undefined });

  function given<T>(input: fc.Arbitrary<T>, send: (input: T, Bucket: string) => Promise<unknown>) {
    return input.map(
      (it): Send =>
        (Bucket) =>
          send(it, Bucket),
    );
  }

  function plain(send: Send): fc.Arbitrary<Send> {
    return fc.constant(send);
  }

  const statement = (Bucket: string, Sid: string, action: string | readonly string[]) => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: `arn:aws:s3:::${Bucket}/*`,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });

  const policies = given(
    fc.record({
      sids: fc.uniqueArray(choice("One", "Two", "Three"), { minLength: 1 }),
      action: choice("s3:*", ["s3:GetObject", "s3:PutObject"]),
      space: choice(undefined, 2),
    }),
    ({ sids, action, space }, Bucket) => {
      const Statement = sids.map((Sid) => statement(Bucket, Sid, action));
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement }, undefined, space);
      return s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
    },
  );

  const encryptions = given(
    fc.record({
      byDefault: choice(
        { SSEAlgorithm: "AES256" as const },
        { SSEAlgorithm: "aws:kms" as const },
        { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: "alias/own" },
        { SSEAlgorithm: "aws:kms:dsse" as const, KMSMasterKeyID: "1234" },
      ),
      BucketKeyEnabled: optional(fc.boolean()),
      blocked: optional(choice("SSE-C" as const, "NONE" as const)),
    }),
    ({ byDefault, BucketKeyEnabled, blocked }, Bucket) => {
      const rule = {
        ApplyServerSideEncryptionByDefault: byDefault,
        ...(BucketKeyEnabled === undefined ? {} : { BucketKeyEnabled }),
        ...(blocked === undefined ? {} : { BlockedEncryptionTypes: { EncryptionType: [blocked] } }),
      };
      const ServerSideEncryptionConfiguration = { Rules: [rule] };
      return s3().send(
        new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }),
      );
    },
  );

  const loggings = given(
    fc.record({
      TargetPrefix: text,
      format: choice(
        undefined,
        { SimplePrefix: {} },
        { PartitionedPrefix: { PartitionDateSource: "EventTime" as const } },
      ),
      isOff: fc.boolean(),
    }),
    ({ TargetPrefix, format, isOff }, Bucket) => {
      const on = {
        TargetBucket: Bucket,
        TargetPrefix,
        ...(format === undefined ? {} : { TargetObjectKeyFormat: format }),
      };
      const BucketLoggingStatus = isOff ? {} : { LoggingEnabled: on };
      return s3().send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus }));
    },
  );

  const locks = given(
    optional(fc.record({ Mode: choice("GOVERNANCE" as const, "COMPLIANCE" as const), Days: days })),
    (DefaultRetention, Bucket) => {
      const Rule = DefaultRetention === undefined ? {} : { Rule: { DefaultRetention } };
      const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled" as const, ...Rule };
      return s3().send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    },
  );

  const blocks = given(
    fc.record({
      BlockPublicAcls: fc.boolean(),
      IgnorePublicAcls: fc.boolean(),
      BlockPublicPolicy: fc.boolean(),
      RestrictPublicBuckets: fc.boolean(),
    }),
    (PublicAccessBlockConfiguration, Bucket) =>
      s3().send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration })),
  );

  const corses = given(
    fc.array(
      fc.record({
        AllowedOrigins: fc.array(choice("*", "https://a.example"), { minLength: 1, maxLength: 2 }),
        AllowedMethods: fc.array(choice("GET", "PUT"), { minLength: 1, maxLength: 2 }),
        ExposeHeaders: fc.array(choice("ETag", "x-amz-id-2"), { minLength: 1, maxLength: 2 }),
        MaxAgeSeconds: fc.integer({ min: 0, max: 3_000 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    (CORSRules, Bucket) =>
      s3().send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } })),
  );

  const tags = given(
    fc.uniqueArray(
      fc.record({ Key: choice("team", "7", "env"), Value: choice("", "a b", "42", "007") }),
      {
        selector: ({ Key }) => Key,
      },
    ),
    (TagSet, Bucket) => s3().send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } })),
  );

  const websites = given(
    choice(
      { IndexDocument: { Suffix: "index.html" }, ErrorDocument: { Key: "error.html" } },
      { RedirectAllRequestsTo: { HostName: "example.org" } },
    ),
    (WebsiteConfiguration, Bucket) =>
      s3().send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration })),
  );

  const lifecycles = given(fc.array(days, { minLength: 1, maxLength: 3 }), (all, Bucket) => {
    const Rules = all.map((Days, index) => ({
      ID: `rule-${index}`,
      Status: "Enabled" as const,
      Filter: { Prefix: "" },
      Expiration: { Days },
    }));
    const LifecycleConfiguration = { Rules };
    return s3().send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }),
    );
  });

  const creations = given(
    fc.record({
      ObjectLockEnabledForBucket: fc.boolean(),
      ObjectOwnership: choice(undefined, "ObjectWriter" as const, "BucketOwnerEnforced" as const),
      ACL: choice("private" as const, "authenticated-read" as const),
    }),
    ({ ObjectOwnership, ...input }, Bucket) =>
      s3().send(
        new CreateBucketCommand({
          Bucket,
          ...input,
          ...(ObjectOwnership === undefined ? {} : { ObjectOwnership }),
        }),
      ),
  );

  return fc.oneof(
    policies,
    encryptions,
    loggings,
    locks,
    blocks,
    corses,
    tags,
    websites,
    lifecycles,
    creations,
    given(choice("Enabled" as const, "Suspended" as const), (Status, Bucket) =>
      s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } })),
    ),
    given(
      choice("BucketOwnerEnforced" as const, "ObjectWriter" as const),
      (ObjectOwnership, Bucket) => {
        const OwnershipControls = { Rules: [{ ObjectOwnership }] };
        return s3().send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
      },
    ),
    given(
      choice("private" as const, "public-read" as const, "authenticated-read" as const),
      (ACL, Bucket) => s3().send(new PutBucketAclCommand({ Bucket, ACL })),
    ),
    given(choice("Requester" as const, "BucketOwner" as const), (Payer, Bucket) =>
      s3().send(
        new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer } }),
      ),
    ),
    plain((Bucket) => s3().send(new DeleteBucketCommand({ Bucket }))),
    plain((Bucket) => s3().send(new DeleteBucketPolicyCommand({ Bucket }))),
    plain((Bucket) => s3().send(new DeleteBucketEncryptionCommand({ Bucket }))),
    plain((Bucket) => s3().send(new DeleteBucketCorsCommand({ Bucket }))),
    plain((Bucket) => s3().send(new DeleteBucketWebsiteCommand({ Bucket }))),
    plain((Bucket) => s3().send(new DeleteBucketTaggingCommand({ Bucket }))),
    plain((Bucket) => s3().send(new DeleteBucketLifecycleCommand({ Bucket }))),
    plain((Bucket) => s3().send(new DeletePublicAccessBlockCommand({ Bucket }))),
    plain((Bucket) => s3().send(new DeleteBucketOwnershipControlsCommand({ Bucket }))),
  );
}
