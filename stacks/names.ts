import { type Partition, parseRegion, partitionOf } from "@bucket-warden/core/model";
import { type Settings, watchedRegions } from "./settings.ts";

/**
 * Every resource has a name that is known before it is deployed. So policies can name what they
 * allow, members know whom to trust, and nothing waits for anything else.
 */
export interface Names {
  /** What every name begins with; the Warden takes what it names for its own. */
  readonly prefix: string;
  readonly account: string;
  readonly region: string;
  readonly partition: Partition;
  /** Where accounts are looked after. */
  readonly regions: readonly string[];
  /** Where events come from: calls of IAM, Organizations and STS are recorded in one Region only. */
  readonly eventRegions: readonly string[];
  readonly busArn: string;
  readonly taskQueueArn: string;
  readonly lookQueueArn: string;
  readonly deadLooksArn: string;
  readonly undeliveredArn: string;
  readonly ledgerTableArn: string;
  readonly messagesArn: string;
  readonly stopParameter: string;
  readonly stopParameterArn: string;
  readonly sweepArn: string;
  readonly slackWorkArn: string;
  readonly parameterArn: (name: string) => string;
}

/** Where the global services record their calls. */
const globalRegions: Readonly<Record<Partition, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-northwest-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-eusc": "eusc-de-east-1",
};

/** The names of a stage. The stage `production` has those that the command line expects. */
export function namesOf(stage: string, settings: Settings): Names {
  const { account, region } = settings.hub;
  const partition = partitionOf(parseRegion(region, "hub.region"));
  const prefix = stage === "production" ? "bucket-warden" : `bucket-warden-${stage}`;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const regions = watchedRegions(settings);
  return {
    prefix,
    account,
    region,
    partition,
    regions,
    eventRegions: [...new Set([...regions, globalRegions[partition]])],
    busArn: arn("events", `event-bus/${prefix}`),
    taskQueueArn: arn("sqs", `${prefix}-tasks.fifo`),
    lookQueueArn: arn("sqs", `${prefix}-looks`),
    deadLooksArn: arn("sqs", `${prefix}-dead-looks`),
    undeliveredArn: arn("sqs", `${prefix}-undelivered`),
    ledgerTableArn: arn("dynamodb", `table/${prefix}-ledger`),
    messagesArn: arn("sns", `${prefix}-messages`),
    stopParameter: `/${prefix}/stop`,
    stopParameterArn: arn("ssm", `parameter/${prefix}/stop`),
    sweepArn: arn("lambda", `function:${prefix}-sweep`),
    slackWorkArn: arn("lambda", `function:${prefix}-slack-work`),
    parameterArn: (name) => arn("ssm", `parameter${name}`),
  };
}

/** `tamper-kms` → `TamperKms`: Pulumi's names have no hyphens by custom. */
export function titleOf(name: string): string {
  const words = name.split("-");
  return words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join("");
}
