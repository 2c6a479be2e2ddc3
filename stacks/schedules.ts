import type { Functions } from "./functions.ts";
import { titleOf } from "./names.ts";
import type { Queues } from "./queues.ts";
import type { Stage } from "./stage.ts";

/** What runs by the clock, beside the sweeps, which each account asks for itself. */
export function createSchedules(stage: Stage, functions: Functions, queues: Queues): void {
  createSchedule(stage, {
    name: "deliver",
    expression: "rate(1 minute)",
    retries: 0, // the next minute comes by itself
    target: functions.deliver,
    queues,
  });
  createSchedule(stage, {
    name: "digest",
    expression: stage.settings.digest,
    retries: 185,
    target: functions.digest,
    queues,
  });
}

interface ScheduleOptions {
  readonly name: "deliver" | "digest";
  readonly expression: string;
  readonly retries: number;
  readonly target: sst.aws.Function;
  readonly queues: Queues;
}

/** A rule of the default bus, since only that one has schedules. */
function createSchedule({ names }: Stage, options: ScheduleOptions): void {
  const { name, expression, retries, target, queues } = options;
  const { partition, region, account, prefix } = names;
  const title = titleOf(name);
  const rule = new aws.cloudwatch.EventRule(`${title}Rule`, {
    name: `${prefix}-${name}`,
    description: `Runs ${prefix}-${name}`,
    scheduleExpression: expression,
  });
  new aws.lambda.Permission(`${title}Permission`, {
    action: "lambda:InvokeFunction",
    function: target.name,
    principal: "events.amazonaws.com",
    sourceArn: `arn:${partition}:events:${region}:${account}:rule/${prefix}-${name}`,
    sourceAccount: account,
  });
  new aws.cloudwatch.EventTarget(`${title}Target`, {
    rule: rule.name,
    targetId: name,
    arn: target.arn,
    retryPolicy: { maximumEventAgeInSeconds: 24 * 60 * 60, maximumRetryAttempts: retries },
    deadLetterConfig: { arn: queues.undelivered.arn },
  });
}
