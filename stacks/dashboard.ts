import { hubFunctions } from "@bucket-warden/core/iam";
import { alarmRules } from "./alarm-list.ts";
import { functionMetric, type Metric, ownMetric, queueMetric } from "./metrics.ts";
import type { Stage } from "./stage.ts";

/** One page on which people see how the Warden is doing. */
export function createDashboard({ settings, names }: Stage): void {
  const { prefix, partition, region, account } = names;
  const guards = settings.guard === "account" ? "account" : "organization";
  const alarms = alarmRules(prefix, guards).map(
    ({ name }) => `arn:${partition}:cloudwatch:${region}:${account}:alarm:${prefix}-${name}`,
  );
  const alarmWidget = {
    type: "alarm",
    width: 24,
    height: 4,
    properties: { title: "Alarms", alarms },
  };
  const graphs = graphsOf(prefix).map((graph) => widgetOf(graph, region));
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: prefix,
    dashboardBody: JSON.stringify({ widgets: [alarmWidget, ...graphs] }),
  });
}

interface Line {
  readonly metric: Metric;
  readonly statistic: "Sum" | "Maximum" | "p50" | "p95";
  readonly label: string;
}

interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
}

function sum(label: string, metric: Metric): Line {
  return { label, metric, statistic: "Sum" };
}

const ofSweeps: readonly Graph[] = [
  {
    title: "Sweeps of accounts",
    lines: [sum("sweeps", ownMetric("Sweeps")), sum("left out", ownMetric("SweepsLeftOut"))],
  },
  {
    title: "Looks of sweeps",
    lines: [
      sum("unchanged, left out", ownMetric("SweepSkipped")),
      sum("nothing to do", ownMetric("LooksDone")),
      sum("became a task", ownMetric("LooksForwarded")),
    ],
  },
];

function graphsOf(prefix: string): readonly Graph[] {
  const most = (label: string, metric: Metric): Line => ({ label, metric, statistic: "Maximum" });
  const visible = (queue: string) =>
    queueMetric("ApproximateNumberOfMessagesVisible", `${prefix}-${queue}`);
  const took = (name: "TimeToRepair" | "ReconcileTime"): readonly Line[] =>
    (["p50", "p95"] as const).map((statistic) => ({
      label: statistic,
      metric: ownMetric(name),
      statistic,
    }));
  return [
    { title: "Time to repair, in milliseconds from the call", lines: took("TimeToRepair") },
    { title: "Time of a reconcile, in milliseconds", lines: took("ReconcileTime") },
    {
      title: "Events",
      lines: [
        sum("in", ownMetric("EventsAccepted")),
        sum("ignored", ownMetric("EventsIgnored")),
        sum("against the watcher", ownMetric("Alarms")),
      ],
    },
    {
      title: "Outcomes",
      lines: (
        ["clean", "fixed", "flagged", "awaiting-approval", "blocked", "contested", "retry"] as const
      ).map((kind) => sum(kind, ownMetric(`Outcome-${kind}`))),
    },
    {
      title: "Held back",
      lines: (["stop-switch", "write-budget", "large-sweep"] as const).map((guard) =>
        sum(guard, ownMetric(`HeldBy-${guard}`)),
      ),
    },
    {
      title: "Not known",
      lines: [
        sum("unread", ownMetric("Unread")),
        sum("throttled by AWS", ownMetric("Unread-throttled")),
      ],
    },
    {
      title: "Queues",
      lines: [
        most("tasks", visible("tasks.fifo")),
        most("dead tasks", visible("dead-tasks.fifo")),
        most("looks", visible("looks")),
        most("dead looks", visible("dead-looks")),
        most("undelivered events", visible("undelivered")),
      ],
    },
    {
      title: "Oldest task, in seconds",
      lines: [most("age", queueMetric("ApproximateAgeOfOldestMessage", `${prefix}-tasks.fifo`))],
    },
    ...ofSweeps,
    ...(["Errors", "Throttles", "Duration"] as const).map((name) => ({
      title: `Functions: ${name}`,
      lines: hubFunctions.map((it): Line => {
        const metric = functionMetric(name, `${prefix}-${it}`);
        return { label: it, metric, statistic: name === "Duration" ? "p95" : "Sum" };
      }),
    })),
  ];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
function widgetOf({ title, lines }: Graph, region: string): object {
  const metrics = lines.map(({ metric, statistic, label }) => [
    metric.namespace,
    metric.name,
    ...Object.entries(metric.dimensions).flat(),
    { stat: statistic, label },
  ]);
  return {
    type: "metric",
    width: 12,
    height: 6,
    properties: { title, region, period: 300, metrics },
  };
}
