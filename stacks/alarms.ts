import { type AlarmRule, alarmRules } from "./alarm-list.ts";
import { titleOf } from "./names.ts";
import type { Stage } from "./stage.ts";
import type { Topics } from "./topics.ts";

/** Makes the alarms, which tell the topic of alarms when they go off and when all is well again. */
export function createAlarms(stage: Stage, { alarms: topic }: Topics): void {
  const { settings, names } = stage;
  const guards = settings.guard === "account" ? "account" : "organization";
  for (const rule of alarmRules(names.prefix, guards)) {
    new aws.cloudwatch.MetricAlarm(`${titleOf(rule.name)}Alarm`, {
      name: `${names.prefix}-${rule.name}`,
      alarmDescription: `${rule.means}. What to do: docs/runbook.md#${rule.name}`,
      namespace: rule.metric.namespace,
      metricName: rule.metric.name,
      dimensions: { ...rule.metric.dimensions },
      ...conditionOf(rule),
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  }
}

function conditionOf({ statistic, over, below, periodSeconds, periods, whenSilent }: AlarmRule) {
  return {
    ...(statistic === "p95" ? { extendedStatistic: statistic } : { statistic }),
    ...(below === undefined
      ? { comparisonOperator: "GreaterThanThreshold", threshold: over ?? 0 }
      : { comparisonOperator: "LessThanThreshold", threshold: below }),
    period: periodSeconds,
    evaluationPeriods: periods,
    treatMissingData: whenSilent === true ? "breaching" : "notBreaching",
  };
}
