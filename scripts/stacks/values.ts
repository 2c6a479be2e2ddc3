import * as z from "zod";
import type { Breach } from "./breach.ts";
import type { Resource } from "./resource.ts";

const seconds = (least: number, most: number) => z.number().int().min(least).max(most);
const name = z.string().regex(/^[\w./-]{1,64}$/);
const json = z.string().transform((text, context) => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "it is not JSON" });
    return z.NEVER;
  }
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const alarm = z.looseObject({
  comparisonOperator: z.enum([
    "GreaterThanThreshold",
    "GreaterThanOrEqualToThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
  ]),
  evaluationPeriods: z.number().int().min(1),
  treatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]),
  statistic: z.enum(["Average", "Maximum", "Minimum", "SampleCount", "Sum"]).optional(),
  extendedStatistic: z
    .string()
    .regex(/^p\d{1,2}$/)
    .optional(),
  period: z.number().int().multipleOf(60).max(86_400).optional(),
});

/**
 * What AWS takes, where Pulumi's types say no more than `string` or `number`. A resource that is not
 * here has no such value: it is in the list all the same, so that a new one is thought about.
 */
const schemas: Readonly<Record<string, z.ZodType>> = {
  "aws:cloudformation/stack:Stack": z.looseObject({
    templateBody: json,
    capabilities: capabilities(),
  }),
  "aws:cloudformation/stackInstances:StackInstances": z.looseObject({
    callAs: z.enum(["SELF", "DELEGATED_ADMIN"]),
  }),
  "aws:cloudformation/stackSet:StackSet": z.looseObject({
    permissionModel: z.enum(["SELF_MANAGED", "SERVICE_MANAGED"]),
    callAs: z.enum(["SELF", "DELEGATED_ADMIN"]),
    templateBody: z.string().max(51_200).pipe(json),
    capabilities: capabilities(),
    operationPreferences: z.looseObject({
      regionConcurrencyType: z.enum(["SEQUENTIAL", "PARALLEL"]),
    }),
  }),
  "aws:cloudwatch/dashboard:Dashboard": z.looseObject({ dashboardBody: json }),
  "aws:cloudwatch/eventBus:EventBus": z.looseObject({ name }),
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": z.looseObject({ policy: json }),
  "aws:cloudwatch/eventRule:EventRule": z.looseObject({
    name,
    eventPattern: z.string().max(2_048).pipe(json).optional(),
    scheduleExpression: z
      .string()
      .regex(/^(rate\(\d+ (minutes?|hours?|days?)\)|cron\([^()]+\))$/)
      .optional(),
  }),
  "aws:cloudwatch/eventTarget:EventTarget": z.looseObject({
    retryPolicy: z.looseObject({
      maximumEventAgeInSeconds: seconds(60, 86_400),
      maximumRetryAttempts: z.number().int().min(0).max(185),
    }),
  }),
  "aws:cloudwatch/logGroup:LogGroup": z.looseObject({
    retentionInDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]),
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
  "aws:dynamodb/table:Table": z.looseObject({
    billingMode: z.enum(["PAY_PER_REQUEST", "PROVISIONED"]),
    attributes: z.array(z.looseObject({ type: z.enum(["S", "N", "B"]) })),
  }),
  "aws:iam/role:Role": z.looseObject({ name }),
  "aws:kms/alias:Alias": z.looseObject({ name: z.string().startsWith("alias/") }),
  "aws:kms/key:Key": z.looseObject({ deletionWindowInDays: z.number().int().min(7).max(30) }),
  "aws:lambda/eventSourceMapping:EventSourceMapping": z.looseObject({
    batchSize: z.number().int().min(1).max(10),
    functionResponseTypes: z.array(z.enum(["ReportBatchItemFailures"])),
    scalingConfig: z.looseObject({ maximumConcurrency: z.number().int().min(2).max(1_000) }),
  }),
  "aws:lambda/function:Function": z.looseObject({
    timeout: seconds(1, 900),
    memorySize: z.number().int().min(128).max(10_240),
    architectures: z.array(z.enum(["arm64", "x86_64"])).length(1),
  }),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": z.looseObject({
    maximumEventAgeInSeconds: seconds(60, 21_600),
    maximumRetryAttempts: z.number().int().min(0).max(2),
  }),
  "aws:lambda/functionUrl:FunctionUrl": z.looseObject({
    authorizationType: z.enum(["AWS_IAM", "NONE"]),
    invokeMode: z.enum(["BUFFERED", "RESPONSE_STREAM"]),
  }),
  "aws:lambda/permission:Permission": z.union([
    z.looseObject({
      action: z.literal("lambda:InvokeFunction"),
      principal: z.string().endsWith(".amazonaws.com"),
      sourceArn: z.string().startsWith("arn:"),
    }),
    // A URL that is open to the internet: two permissions, neither of which opens the function itself.
    z.looseObject({
      action: z.literal("lambda:InvokeFunctionUrl"),
      principal: z.literal("*"),
      functionUrlAuthType: z.literal("NONE"),
    }),
    z.looseObject({
      action: z.literal("lambda:InvokeFunction"),
      principal: z.literal("*"),
      invokedViaFunctionUrl: z.literal(true),
    }),
  ]),
  "aws:s3/bucketObjectv2:BucketObjectv2": z.looseObject({}),
  "aws:sns/topic:Topic": z.looseObject({ name }),
  "aws:sns/topicPolicy:TopicPolicy": z.looseObject({ policy: json }),
  "aws:sns/topicSubscription:TopicSubscription": z.looseObject({
    protocol: z.enum(["email", "lambda", "sqs", "https"]),
  }),
  "aws:sqs/queue:Queue": z.looseObject({
    messageRetentionSeconds: seconds(60, 1_209_600),
    visibilityTimeoutSeconds: seconds(0, 43_200).optional(),
    deduplicationScope: z.enum(["messageGroup", "queue"]).optional(),
    fifoThroughputLimit: z.enum(["perQueue", "perMessageGroupId"]).optional(),
  }),
  "aws:sqs/queuePolicy:QueuePolicy": z.looseObject({ policy: json }),
  "aws:ssm/parameter:Parameter": z.looseObject({
    type: z.enum(["String", "StringList", "SecureString"]),
  }),
};

function capabilities() {
  return z.array(z.enum(["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"]));
}

/** Values that AWS would refuse only when they are deployed. */
export function valuesAreKnown(resources: readonly Resource[]): readonly Breach[] {
  const own = resources.filter(({ type }) => type.startsWith("aws:"));
  return own.flatMap(({ type, name: at, inputs }) => {
    const schema = schemas[type];
    if (schema === undefined) {
      return [{ rule: "value", at, message: `${type} is not in scripts/stacks/values.ts` }];
    }
    const { error } = schema.safeParse(inputs);
    return (error?.issues ?? []).map(({ path, message }) => ({
      rule: "value",
      at,
      message: `${path.join(".")}: ${message}`,
    }));
  });
}
