import {
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  LookupEventsCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from "@aws-sdk/client-cloudtrail";
import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateDeliveryCommand,
  DescribeDeliveriesCommand,
  DescribeDeliverySourcesCommand,
  PutDeliveryDestinationCommand,
  PutDeliverySourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateVaultCommand,
  GetVaultAccessPolicyCommand,
  GetVaultLockCommand,
  InitiateVaultLockCommand,
  ListVaultsCommand,
  SetVaultAccessPolicyCommand,
} from "@aws-sdk/client-glacier";
import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import {
  CreateOrganizationCommand,
  DescribeEffectivePolicyCommand,
  ListParentsCommand,
} from "@aws-sdk/client-organizations";
import { PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import { answered, type Row, refused, type Scene, showing } from "./row.ts";

/** The services around S3 that the product reads. */
export const neighbours: readonly Row[] = [
  { about: "key", play: key },
  { about: "key rotation", play: rotation },
  { about: "key requests", play: requests },
  { about: "trail", play: trail },
  { about: "event history", play: history },
  { about: "vault", play: vault },
  { about: "organization policy", play: organizationPolicy },
  { about: "organization", play: organization },
  { about: "log delivery", play: delivery },
];

async function madeKey({ kms }: Scene, input: CreateKeyCommandInput = {}): Promise<string> {
  const { KeyMetadata } = await kms().send(new CreateKeyCommand(input));
  return KeyMetadata?.KeyId ?? "";
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
async function key(scene: Scene): Promise<void> {
  const { kms, ask, account, region } = scene;
  const describe = (KeyId: string) => kms().send(new DescribeKeyCommand({ KeyId }));
  const arn = `arn:aws:kms:${region}:${account}`;
  const nowhere = `${arn}:key/11111111-2222-4333-8444-555555555555`;
  const notFound = refused("NotFoundException", 400);
  await ask("missing", describe(nowhere), notFound);
  await ask("missing alias", describe("alias/conformance"), notFound);
  await ask("no key's ARN", describe("arn:aws:s3:::bucket"), refused("InvalidArnException", 400));
  const KeyId = await madeKey(scene);
  const metadata = {
    Arn: `${arn}:key/<id>`,
    Enabled: true,
    KeyState: "Enabled",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyManager: "CUSTOMER",
    Origin: "AWS_KMS",
    MultiRegion: false,
  };
  const shown = (change: object) => showing({ KeyMetadata: { ...metadata, ...change } });
  await ask("made", describe(KeyId), shown({}));
  await kms().send(new CreateAliasCommand({ AliasName: "alias/conformance", TargetKeyId: KeyId }));
  await ask("by its alias", describe("alias/conformance"), shown({}));
  const abroad = kms("eu-west-1").send(new DescribeKeyCommand({ KeyId: `${arn}:key/${KeyId}` }));
  await ask("from another Region", abroad, notFound);
  await kms().send(new DisableKeyCommand({ KeyId }));
  await ask("disabled", describe(KeyId), shown({ KeyState: "Disabled", Enabled: false }));
  await kms().send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  const dying = { KeyState: "PendingDeletion", Enabled: false, DeletionDate: "<date>" };
  await ask("on its way out", describe(KeyId), shown(dying));
  const s3Key = shown({ KeyManager: "AWS" });
  await ask("the AWS managed key of S3", describe("alias/aws/s3"), s3Key);
  const empty = await madeKey(scene, { Origin: "EXTERNAL" });
  const waiting = shown({ KeyState: "PendingImport", Enabled: false, Origin: "EXTERNAL" });
  await ask("waiting for its material", describe(empty), waiting);
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
async function rotation(scene: Scene): Promise<void> {
  const { kms, ask } = scene;
  const status = (KeyId: string) => kms().send(new GetKeyRotationStatusCommand({ KeyId }));
  await ask(
    "of a missing key",
    status("11111111-2222-4333-8444-555555555555"),
    refused("NotFoundException", 400),
  );
  const KeyId = await madeKey(scene);
  await ask("never set", status(KeyId), showing({ KeyRotationEnabled: false }));
  await kms().send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }));
  const on = { KeyRotationEnabled: true, RotationPeriodInDays: 180 };
  await ask("enabled", status(KeyId), showing(on));
  const asymmetric = await madeKey(scene, { KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" });
  const unsupported = refused("UnsupportedOperationException", 400);
  await ask("of an asymmetric key", status(asymmetric), unsupported);
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html */
async function requests({ serviceQuotas, cloudwatch, ask }: Scene): Promise<void> {
  const quota = (QuotaCode: string) =>
    serviceQuotas().send(new GetServiceQuotaCommand({ ServiceCode: "kms", QuotaCode }));
  await ask("no such quota", quota("L-00000000"), refused("NoSuchResourceException", 400));
  const metric = {
    MetricNamespace: "AWS/Usage",
    MetricName: "CallCount",
    MetricDimensions: {
      Class: "None",
      Resource: "CryptographicOperationsSymmetric",
      Service: "KMS",
      Type: "API",
    },
    MetricStatisticRecommendation: "Sum",
  };
  const symmetric = { QuotaCode: "L-6E3AF000", Value: 100_000, UsageMetric: metric };
  await ask("with symmetric keys", quota("L-6E3AF000"), showing({ Quota: symmetric }));
  const dimensions = Object.entries(metric.MetricDimensions);
  const Metric = {
    Namespace: metric.MetricNamespace,
    MetricName: metric.MetricName,
    Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })),
  };
  const data = (StartTime: Date, EndTime: Date) => {
    const stat = { Metric, Period: 60, Stat: "Sum" };
    const MetricDataQueries = [{ Id: "requests", MetricStat: stat }];
    return cloudwatch().send(new GetMetricDataCommand({ MetricDataQueries, StartTime, EndTime }));
  };
  const [from, to] = [new Date("2026-11-20T00:00:00Z"), new Date("2026-11-21T00:00:00Z")];
  const none = [{ Id: "requests", StatusCode: "Complete", Timestamps: [], Values: [] }];
  await ask("in a day without any", data(from, to), showing({ MetricDataResults: none }));
  await ask("in no time", data(to, to), refused("ValidationException", 400));
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html */
async function trail({ cloudtrail, bucket, ask, account, region }: Scene): Promise<void> {
  const describe = () =>
    cloudtrail().send(new DescribeTrailsCommand({ includeShadowTrails: true }));
  const { trailList = [] } = await describe();
  for (const { TrailARN: Name } of trailList)
    await cloudtrail().send(new DeleteTrailCommand({ Name }));
  const TrailARN = `arn:aws:cloudtrail:${region}:${account}:trail/conformance`;
  const status = () => cloudtrail().send(new GetTrailStatusCommand({ Name: TrailARN }));
  const selectors = () => cloudtrail().send(new GetEventSelectorsCommand({ TrailName: TrailARN }));
  const gone = refused("TrailNotFoundException", 400);
  await ask("none", describe(), answered({ trailList: [] }));
  await ask("status of a missing one", status(), gone);
  await ask("selectors of a missing one", selectors(), gone);
  const S3BucketName = await bucket("a");
  const create = new CreateTrailCommand({
    Name: "conformance",
    S3BucketName,
    IsMultiRegionTrail: true,
  });
  await cloudtrail().send(create);
  const made = {
    Name: "conformance",
    TrailARN,
    S3BucketName,
    HomeRegion: region,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    IncludeGlobalServiceEvents: true,
    LogFileValidationEnabled: false,
  };
  await ask("made", describe(), showing({ trailList: [made] }));
  const shadows = (includeShadowTrails: boolean) =>
    cloudtrail("eu-west-1").send(new DescribeTrailsCommand({ includeShadowTrails }));
  await ask("its shadow elsewhere", shadows(true), showing({ trailList: [made] }));
  await ask("elsewhere without shadows", shadows(false), answered({ trailList: [] }));
  await ask("not started", status(), showing({ IsLogging: false }));
  await cloudtrail().send(new StartLoggingCommand({ Name: "conformance" }));
  await ask("started", status(), showing({ IsLogging: true }));
  await cloudtrail().send(new StopLoggingCommand({ Name: "conformance" }));
  await ask("stopped", status(), showing({ IsLogging: false }));
  const basic = {
    ReadWriteType: "All",
    IncludeManagementEvents: true,
    DataResources: [],
    ExcludeManagementEventSources: [],
  };
  await ask("selectors never set", selectors(), answered({ TrailARN, EventSelectors: [basic] }));
  const advanced = [
    { Name: "one", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
  ];
  const put = { TrailName: "conformance", AdvancedEventSelectors: advanced };
  await cloudtrail().send(new PutEventSelectorsCommand(put));
  await ask(
    "selectors as they were put",
    selectors(),
    answered({ TrailARN, AdvancedEventSelectors: advanced }),
  );
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
async function history({ cloudtrail, s3, bucket, ask }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const lookUp = (AttributeValue: string, AttributeKey = "ResourceName") =>
    cloudtrail().send(
      new LookupEventsCommand({
        // A key that does not exist is part of the question.
        LookupAttributes: [{ AttributeKey: AttributeKey as "ResourceName", AttributeValue }],
      }),
    );
  await ask(
    "nothing happened",
    lookUp("conformance-nothing-happens-here"),
    answered({ Events: [] }),
  );
  await ask(
    "a key that is not known",
    lookUp(Bucket, "Weather"),
    refused("InvalidLookupAttributesException", 400),
  );
  const Resource = `arn:aws:s3:::${Bucket}/*`;
  const statement = { Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
  const event = (EventName: string) => ({
    EventName,
    EventSource: "s3.amazonaws.com",
    ReadOnly: "false",
  });
  await ask(
    "the newest first",
    lookUp(Bucket),
    showing({ Events: [event("PutBucketPolicy"), event("CreateBucket")] }),
  );
}

/** https://docs.aws.amazon.com/amazonglacier/latest/dev/api-GetVaultLock.html */
async function vault({ glacier, ask, account, region }: Scene): Promise<void> {
  const of = { accountId: account, vaultName: "conformance" };
  const list = () => glacier().send(new ListVaultsCommand({ accountId: account }));
  const lock = () => glacier().send(new GetVaultLockCommand(of));
  const policy = () => glacier().send(new GetVaultAccessPolicyCommand(of));
  const none = refused("ResourceNotFoundException", 404);
  await ask("none", list(), answered({ VaultList: [] }));
  await ask("lock of a missing one", lock(), none);
  await ask("policy of a missing one", policy(), none);
  await glacier().send(new CreateVaultCommand(of));
  const VaultARN = `arn:aws:glacier:${region}:${account}:vaults/conformance`;
  const made = {
    VaultName: "conformance",
    VaultARN,
    CreationDate: "<date>",
    NumberOfArchives: 0,
    SizeInBytes: 0,
  };
  await ask("made", list(), answered({ VaultList: [made] }));
  await ask("policy never set", policy(), none);
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  await glacier().send(new SetVaultAccessPolicyCommand({ ...of, policy: { Policy } }));
  await ask("policy as it was set", policy(), answered({ policy: { Policy } }));
  await ask("lock never set", lock(), none);
  await glacier().send(new InitiateVaultLockCommand({ ...of, policy: { Policy } }));
  const begun = { Policy, State: "InProgress", CreationDate: "<date>", ExpirationDate: "<date>" };
  await ask("lock begun", lock(), answered(begun));
}

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html */
async function organizationPolicy(scene: Scene): Promise<void> {
  const { organizations, ask, account, enactS3Policy } = scene;
  const describe = () =>
    organizations().send(new DescribeEffectivePolicyCommand({ PolicyType: "S3_POLICY" }));
  await ask("none", describe(), refused("EffectivePolicyNotFoundException", 400));
  enactS3Policy("none");
  // What the text of an effective policy looks like is not documented.
  const effective = { TargetId: account, PolicyType: "S3_POLICY" };
  await ask("enacted", describe(), showing({ EffectivePolicy: effective }));
}

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html */
async function organization({ organizations, ask, account }: Scene): Promise<void> {
  // The sandbox has one from the start.
  await organizations()
    .send(new CreateOrganizationCommand({ FeatureSet: "ALL" }))
    .catch(() => undefined);
  const parents = (ChildId: string) => organizations().send(new ListParentsCommand({ ChildId }));
  const root = { Id: "<root>", Type: "ROOT" };
  await ask("above the account that manages it", parents(account), answered({ Parents: [root] }));
  await ask("above no member", parents("999999999999"), refused("ChildNotFoundException", 400));
  await ask("above no id", parents("production"), refused("InvalidInputException", 400));
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeDeliverySources.html */
async function delivery({ logs, bucket, ask, account, region }: Scene): Promise<void> {
  const Bucket = await bucket("a");
  const resourceArn = `arn:aws:s3:::${Bucket}`;
  const sources = () =>
    logs().send(new DescribeDeliverySourcesCommand({ resourceArns: [resourceArn] }));
  const deliveries = () => logs().send(new DescribeDeliveriesCommand({}));
  await ask("no sources", sources(), answered({ deliverySources: [] }));
  await ask("no deliveries", deliveries(), answered({ deliveries: [] }));
  const source = { name: "conformance", logType: "S3_SERVER_ACCESS_LOGS" };
  await logs().send(new PutDeliverySourceCommand({ ...source, resourceArn }));
  const shown = { ...source, service: "s3", resourceArns: [resourceArn] };
  await ask("a source", sources(), showing({ deliverySources: [shown] }));
  const destinationResourceArn = `arn:aws:logs:${region}:${account}:log-group:conformance`;
  const { deliveryDestination } = await logs().send(
    new PutDeliveryDestinationCommand({
      name: "conformance",
      deliveryDestinationConfiguration: { destinationResourceArn },
    }),
  );
  const deliveryDestinationArn = deliveryDestination?.arn ?? "";
  const link = { deliverySourceName: source.name, deliveryDestinationArn };
  await logs().send(new CreateDeliveryCommand(link));
  await ask(
    "a delivery",
    deliveries(),
    showing({ deliveries: [{ ...link, deliveryDestinationType: "CWL" }] }),
  );
}
