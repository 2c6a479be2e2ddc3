import {
  functionMetric,
  type Metric,
  ownMetric,
  queueMetric,
  tableMetric,
  topicMetric,
} from "./metrics.ts";

/** When people are to look after the Warden. docs/runbook.md has a section of the same name for each. */
export interface AlarmRule {
  readonly name: string;
  /** What is the case then, for people. */
  readonly means: string;
  readonly metric: Metric;
  readonly statistic: "Sum" | "Maximum" | "p95";
  /** The alarm goes off over this; `below` has it go off under it. */
  readonly over?: number;
  readonly below?: number;
  readonly periodSeconds: number;
  /** For how many periods in a row. */
  readonly periods: number;
  /** Whether no data is a reason as well. */
  readonly whenSilent?: true;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

type Condition = Omit<AlarmRule, "name" | "means" | "metric">;

function sumOver(over: number, periodSeconds: number, periods = 1): Condition {
  return { statistic: "Sum", over, periodSeconds, periods };
}

function mostOver(over: number, periodSeconds: number, periods = 1): Condition {
  return { statistic: "Maximum", over, periodSeconds, periods };
}

function p95Over(over: number, periodSeconds: number): Condition {
  return { statistic: "p95", over, periodSeconds, periods: 1 };
}

/** Goes off when nothing comes as well. */
function fewerThan(below: number, periodSeconds: number, periods = 1): Condition {
  return { statistic: "Sum", below, periodSeconds, periods, whenSilent: true };
}

/** Every alarm of a hub whose names begin with `prefix`. */
export function alarmRules(
  prefix: string,
  guards: "account" | "organization",
): readonly AlarmRule[] {
  return [
    ...aboutWork(prefix),
    ...aboutFunctions(prefix),
    ...aboutFindings,
    ...aboutGuards,
    ...(guards === "organization" ? [silence] : []),
  ];
}

function aboutWork(prefix: string): readonly AlarmRule[] {
  const waiting = "ApproximateNumberOfMessagesVisible";
  return [
    {
      name: "dead-tasks",
      means: "A task could not be worked off and waits for a person",
      metric: queueMetric(waiting, `${prefix}-dead-tasks.fifo`),
      ...mostOver(0, 5 * minute),
    },
    {
      name: "undelivered",
      means: "An event reached no function and waits for a person",
      metric: queueMetric(waiting, `${prefix}-undelivered`),
      ...mostOver(0, 5 * minute),
    },
    {
      name: "tasks-late",
      means: "A task has waited for more than an hour",
      metric: queueMetric("ApproximateAgeOfOldestMessage", `${prefix}-tasks.fifo`),
      ...mostOver(hour, 5 * minute, 3),
    },
    {
      name: "dead-looks",
      means: "Looks of a sweep could not be done and wait for a person",
      metric: queueMetric(waiting, `${prefix}-dead-looks`),
      ...mostOver(0, 5 * minute),
    },
    {
      name: "looks-late",
      means: "A look of a sweep has waited for more than half a day, so sweeps soon pile up",
      metric: queueMetric("ApproximateAgeOfOldestMessage", `${prefix}-looks`),
      ...mostOver(12 * hour, 5 * minute, 3),
    },
    {
      name: "messages-failed",
      means: "A message did not reach somebody who subscribed to it",
      metric: topicMetric("NumberOfNotificationsFailed", `${prefix}-messages`),
      ...sumOver(0, 5 * minute),
    },
    {
      name: "ledger-throttled",
      means: "The ledger takes entries more slowly than they come",
      metric: tableMetric("WriteThrottleEvents", `${prefix}-ledger`),
      ...sumOver(0, 5 * minute, 3),
    },
  ];
}

/** People ask `invoke` and `history` and see their errors themselves. */
function aboutFunctions(prefix: string): readonly AlarmRule[] {
  return ["intake", "remediate", "sweep", "look", "deliver"].flatMap(
    (name): readonly AlarmRule[] => [
      {
        name: `${name}-errors`,
        means: `The function ${name} failed`,
        metric: functionMetric("Errors", `${prefix}-${name}`),
        ...sumOver(0, 5 * minute),
      },
      {
        name: `${name}-throttled`,
        means: `The function ${name} is wanted more often at once than it may run, for half an hour`,
        metric: functionMetric("Throttles", `${prefix}-${name}`),
        ...sumOver(0, 5 * minute, 6),
      },
    ],
  );
}

const aboutFindings: readonly AlarmRule[] = [
  {
    name: "tamper",
    means: "Somebody made a call that weakens the watcher",
    metric: ownMetric("Alarms"),
    ...sumOver(0, minute),
  },
  {
    name: "contested",
    means: "Somebody's code keeps undoing a repair, so it is no longer repaired",
    metric: ownMetric("Outcome-contested"),
    ...sumOver(0, 5 * minute),
  },
  {
    name: "unread",
    means: "Settings cannot be read, so nobody knows whether they are right",
    metric: ownMetric("Unread"),
    ...sumOver(0, hour),
  },
  {
    name: "aws-throttles",
    means: "AWS answers more slowly than it is asked",
    metric: ownMetric("Unread-throttled"),
    ...sumOver(50, hour),
  },
  {
    name: "messages-given-up",
    means: "A message could not be sent for so long that nobody tries any more",
    metric: ownMetric("MessagesGivenUp"),
    ...sumOver(0, 5 * minute),
  },
  {
    name: "slow-repair",
    means: "One repair of twenty takes more than 15 minutes from the call that made it necessary",
    metric: ownMetric("TimeToRepair"),
    ...p95Over(15 * minute * 1_000, hour),
  },
  {
    name: "no-sweep",
    means: "No account was swept for two days, so what events missed stays unseen",
    metric: ownMetric("Sweeps"),
    ...fewerThan(1, day, 2),
  },
];

const aboutGuards: readonly AlarmRule[] = [
  {
    name: "stop-switch",
    means: "The stop switch is on and repairs wait",
    metric: ownMetric("HeldBy-stop-switch"),
    ...sumOver(0, 5 * minute),
  },
  {
    name: "write-budget",
    means: "An account has used up its writes of the day",
    metric: ownMetric("HeldBy-write-budget"),
    ...sumOver(0, 5 * minute),
  },
  {
    name: "large-sweep",
    means: "A sweep would write so much that it waits for a person",
    metric: ownMetric("HeldBy-large-sweep"),
    ...sumOver(0, 5 * minute),
  },
];

/** In a whole organization somebody changes a bucket every day; in one account perhaps nobody does. */
const silence: AlarmRule = {
  name: "no-events",
  means: "No account has sent an event for a day",
  metric: ownMetric("EventsAccepted"),
  ...fewerThan(1, day),
};
