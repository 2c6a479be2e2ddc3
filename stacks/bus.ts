import { controls } from "@bucket-warden/core/controls";
import { eventRules } from "@bucket-warden/core/event";
import { enabledUnder, type HubFunction } from "@bucket-warden/core/iam";
import type { Functions } from "./functions.ts";
import { titleOf } from "./names.ts";
import type { Queues } from "./queues.ts";
import type { Stage } from "./stage.ts";

/**
 * The bus to which every account sends its events, and the rules that take them to the functions.
 * The rules are those of the accounts: what somebody puts on the bus beside them goes nowhere.
 */
export function createBus(
  stage: Stage,
  functions: Functions,
  queues: Queues,
): aws.cloudwatch.EventBus {
  const { settings, baseline, names } = stage;
  const bus = new aws.cloudwatch.EventBus("Bus", {
    name: names.prefix,
    description: "Configuration calls of every account that Bucket Warden guards",
  });
  if (settings.guard !== "account") admitOrganization(bus, stage, settings.guard.id);
  for (const { name, pattern } of eventRules(enabledUnder(baseline, controls))) {
    const to = { target: functions.intake, on: "intake" } as const;
    createRule(stage, { name, pattern, bus, queues, ...to });
  }
  createRule(stage, {
    name: "sweep",
    // Each account sends this on its own schedule; no account can send it in another's name.
    pattern: {
      source: ["aws.events"],
      "detail-type": ["Scheduled Event"],
      resources: [{ suffix: `:rule/${names.prefix}-sweep` }],
    },
    bus,
    queues,
    target: functions.sweep,
    on: "sweep",
  });
  for (const name of ["intake", "sweep"] as const) admitRules(stage, name, functions[name]);
  return bus;
}

/** Without a policy a bus takes events of its own account alone. */
function admitOrganization(bus: aws.cloudwatch.EventBus, { names }: Stage, id: string): void {
  const { partition, prefix } = names;
  new aws.cloudwatch.EventBusPolicy("BusPolicy", {
    eventBusName: bus.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OwnOrganizationSendsEvents",
          Effect: "Allow",
          Principal: "*",
          Action: "events:PutEvents",
          Resource: names.busArn,
          Condition: {
            StringEquals: { "aws:PrincipalOrgID": id },
            ArnLike: {
              "aws:PrincipalArn": `arn:${partition}:iam::*:role/${prefix}-forwarder-*`,
            },
          },
        },
      ],
    }),
  });
}

/** One permission for all rules of the bus: the policy of a function has little room. */
function admitRules({ names }: Stage, name: HubFunction, target: sst.aws.Function): void {
  const { partition, region, account, prefix } = names;
  new aws.lambda.Permission(`${titleOf(name)}Permission`, {
    action: "lambda:InvokeFunction",
    function: target.name,
    principal: "events.amazonaws.com",
    sourceArn: `arn:${partition}:events:${region}:${account}:rule/${prefix}/*`,
    sourceAccount: account,
  });
}

interface RuleOptions {
  readonly name: string;
  readonly pattern: object;
  readonly bus: aws.cloudwatch.EventBus;
  readonly queues: Queues;
  readonly target: sst.aws.Function;
  readonly on: "intake" | "sweep";
}

function createRule({ names }: Stage, options: RuleOptions): void {
  const { name, pattern, bus, queues, target, on } = options;
  const title = titleOf(name);
  const rule = new aws.cloudwatch.EventRule(`${title}Rule`, {
    name: `${names.prefix}-${name}`,
    description: `Events to ${names.prefix}-${on}`,
    eventBusName: bus.name,
    eventPattern: JSON.stringify(pattern),
  });
  new aws.cloudwatch.EventTarget(`${title}Target`, {
    rule: rule.name,
    eventBusName: bus.name,
    targetId: on,
    arn: target.arn,
    retryPolicy: { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: 185 },
    deadLetterConfig: { arn: queues.undelivered.arn },
  });
}
