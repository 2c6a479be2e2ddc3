import { type MetricName, metricPlace } from "@bucket-warden/functions/metric";

/** A metric of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** One that the functions count; others do not compile. */
export function ownMetric(name: MetricName): Metric {
  return { namespace: metricPlace.namespace, name, dimensions: { service: metricPlace.service } };
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html */
export function queueMetric(
  name: "ApproximateNumberOfMessagesVisible" | "ApproximateAgeOfOldestMessage",
  queue: string,
): Metric {
  return { namespace: "AWS/SQS", name, dimensions: { QueueName: queue } };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export function functionMetric(
  name: "Duration" | "Errors" | "Invocations" | "Throttles",
  of: string,
): Metric {
  return { namespace: "AWS/Lambda", name, dimensions: { FunctionName: of } };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html */
export function topicMetric(name: "NumberOfNotificationsFailed", topic: string): Metric {
  return { namespace: "AWS/SNS", name, dimensions: { TopicName: topic } };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
export function tableMetric(
  name: "ReadThrottleEvents" | "WriteThrottleEvents",
  table: string,
): Metric {
  return { namespace: "AWS/DynamoDB", name, dimensions: { TableName: table } };
}
