import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import {
  callersOf,
  type HubFunction,
  hubFunctions,
  hubPolicy,
  slackFunctions,
} from "@bucket-warden/core/iam";
import { fingerprint } from "@bucket-warden/core/kernel";
import { memberRoles } from "@bucket-warden/core/member";
import { titleOf } from "./names.ts";
import type { Queues } from "./queues.ts";
import { releaseIn } from "./release.ts";
import { type Settings, slackSecretsOf } from "./settings.ts";
import type { Stage } from "./stage.ts";
import { lookSeconds, remediateSeconds } from "./timing.ts";
import type { Topics } from "./topics.ts";

/** What the functions work with. */
export interface Parts {
  readonly key: aws.kms.Key;
  readonly topics: Topics;
  readonly ledger: aws.dynamodb.Table;
  readonly stopSwitch: aws.ssm.Parameter;
  readonly queues: Queues;
}

export type Functions = Readonly<
  Record<Exclude<HubFunction, (typeof slackFunctions)[number]>, sst.aws.Function>
>;

/** Makes the functions of the hub, each with a role of its own. */
export function createFunctions(stage: Stage, parts: Parts): Functions {
  const { repairsAtOnce, looksAtOnce, eventsAtOnce } = stage.settings;
  const create = (name: HubFunction, options: FunctionOptions) =>
    createFunction(stage, parts, name, options);
  return {
    intake: create("intake", {
      memory: "512 MB",
      timeout: "5 minutes",
      atOnce: eventsAtOnce,
      retries: 2,
    }),
    remediate: create("remediate", {
      memory: "1024 MB",
      timeout: `${remediateSeconds} seconds`,
      atOnce: repairsAtOnce,
    }),
    sweep: create("sweep", {
      memory: "512 MB",
      timeout: "15 minutes",
      atOnce: 5,
      retries: 2,
    }),
    look: create("look", {
      memory: "1024 MB",
      timeout: `${lookSeconds} seconds`,
      atOnce: looksAtOnce,
    }),
    invoke: create("invoke", { memory: "1024 MB", timeout: "5 minutes", atOnce: 5 }),
    // Two at once would send twice.
    deliver: create("deliver", { memory: "512 MB", timeout: "5 minutes", atOnce: 1, retries: 0 }),
    digest: create("digest", { memory: "512 MB", timeout: "2 minutes", atOnce: 1, retries: 2 }),
    history: create("history", { memory: "512 MB", timeout: "30 seconds", atOnce: 5 }),
  };
}

export interface FunctionOptions extends Pick<sst.aws.FunctionArgs, "memory" | "timeout" | "url"> {
  /** How often it runs at the same time, at most. */
  readonly atOnce: number;
  /** For what nobody waits for: how often Lambda tries again before it keeps what failed. */
  readonly retries?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Makes one function: its file in packages/functions/src has the same name. */
export function createFunction(
  stage: Stage,
  parts: Parts,
  name: HubFunction,
  { atOnce, environment, ...options }: FunctionOptions,
): sst.aws.Function {
  const { settings, names } = stage;
  return new sst.aws.Function(titleOf(name), {
    ...options,
    name: `${names.prefix}-${name}`,
    description: `Bucket Warden: packages/functions/src/${name}.ts`,
    handler: `packages/functions/src/${name}.handler`,
    runtime: "nodejs24.x",
    architecture: "arm64",
    concurrency: { reserved: atOnce },
    // Clients of services that most events do not need are files of their own, loaded when first used.
    nodejs: { minify: true, sourcemap: true, splitting: true },
    copyFiles: [{ from: baselineFile(stage), to: "baseline.json" }],
    environment: { ...environmentOf(stage, parts, name), ...environment },
    logging: { retention: settings.logRetention },
    transform: {
      role: (role) => restrict(role, stage, parts, name),
      eventInvokeConfig: (config) => {
        config.maximumEventAgeInSeconds = 6 * 60 * 60;
        config.destinationConfig = { onFailure: { destination: parts.queues.undelivered.arn } };
      },
    },
  });
}

/** Those that this deployment has: members trust no others. */
export function deployedFunctions({ slack }: Settings): readonly HubFunction[] {
  const isThere = (name: HubFunction) => {
    const ofSlack: readonly string[] = slackFunctions;
    if (!ofSlack.includes(name)) return true;
    return slack !== undefined && (name === "notify-slack" || "tokenParameter" in slack);
  };
  return hubFunctions.filter(isThere);
}

/** Beside the code: the environment of a function holds no more than 4 KB. */
function baselineFile({ settings }: Stage): string {
  const file = join($cli.paths.work, "baseline.json");
  mkdirSync($cli.paths.work, { recursive: true });
  writeFileSync(file, JSON.stringify(settings.baseline));
  return relative($cli.paths.root, file);
}

function environmentOf({ settings, names }: Stage, parts: Parts, name: HubFunction) {
  const role = memberRoleOf(name, names.prefix);
  return {
    NODE_OPTIONS: "--enable-source-maps",
    WARDEN_BASELINE_FILE: "baseline.json",
    WARDEN_BASELINE_PRINT: fingerprint(settings.baseline),
    WARDEN_RELEASE: releaseIn($cli.paths.root),
    WARDEN_TASK_QUEUE_URL: parts.queues.tasks.url,
    WARDEN_LOOK_QUEUE_URL: parts.queues.looks.url,
    WARDEN_LEDGER_TABLE: parts.ledger.name,
    WARDEN_LEDGER_DAYS: String(settings.ledgerDays),
    WARDEN_TOPIC_ARN: parts.topics.messages.arn,
    WARDEN_STOP_PARAMETER: parts.stopSwitch.name,
    WARDEN_REGIONS: names.regions.join(","),
    WARDEN_OWN_RESOURCES: `${names.prefix}*`,
    ...(role === undefined
      ? {}
      : { WARDEN_MEMBER_ROLE: role, WARDEN_EXTERNAL_ID: settings.externalId }),
  };
}

/** The role that a function takes on in the account of a bucket. */
function memberRoleOf(name: HubFunction, prefix: string): string | undefined {
  const roles = memberRoles(prefix);
  if (callersOf("reader").includes(name)) return roles.reader;
  return callersOf("remediation").includes(name) ? roles.remediation : undefined;
}

/**
 * Sets what a function may do, and who may act as the function: Lambda. SST 4.17.1 trusts the whole
 * account, and adds a managed policy that lets a function write into every log group.
 */
function restrict(
  role: aws.iam.RoleArgs,
  { settings, access, names }: Stage,
  parts: Parts,
  name: HubFunction,
): undefined {
  const { partition, region, account, prefix } = names;
  const { guard } = settings;
  const { reader, remediation } = memberRoles(prefix);
  role.name = `${prefix}-${name}`;
  role.assumeRolePolicy = aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" });
  role.managedPolicyArns = [];
  const place = {
    ...{ partition, account, region },
    ...(guard === "account" ? {} : { organization: guard.id }),
    taskQueue: names.taskQueueArn,
    lookQueue: names.lookQueueArn,
    undelivered: names.undeliveredArn,
    ledgerTable: names.ledgerTableArn,
    topic: names.messagesArn,
    stopParameter: names.stopParameterArn,
    slackSecrets: slackSecretsOf(settings).map(names.parameterArn),
    sweep: names.sweepArn,
    slackWork: names.slackWorkArn,
    ...{ readerRole: reader, remediationRole: remediation },
  };
  const ownLog = {
    Sid: "WriteOwnLog",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: [
      `arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${prefix}-${name}:*`,
    ],
  };
  role.inlinePolicies = [
    {
      name: "duties",
      policy: parts.key.arn.apply((key) =>
        JSON.stringify(hubPolicy(name, { ...place, keys: [key] }, access)),
      ),
    },
    { name: "log", policy: JSON.stringify({ Version: "2012-10-17", Statement: [ownLog] }) },
  ];
}
