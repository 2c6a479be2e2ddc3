import type { Names } from "./names.ts";
import type { Stage } from "./stage.ts";
import { lookSeconds, remediateSeconds } from "./timing.ts";
import { denyPlainHttp } from "./transport.ts";

/** The queues of the hub. */
export interface Queues {
  /** The one queue behind which all writing happens. */
  readonly tasks: aws.sqs.Queue;
  /** Tasks that could not be worked off. */
  readonly deadTasks: aws.sqs.Queue;
  /** What sweeps look at; in a queue of their own, so that no event waits behind them. */
  readonly looks: aws.sqs.Queue;
  /** Events that did not reach a function; EventBridge and Lambda take no FIFO queue for that. */
  readonly undelivered: aws.sqs.Queue;
}

const secondsOfTwoWeeks = 14 * 24 * 60 * 60;

const common = { sqsManagedSseEnabled: true, messageRetentionSeconds: secondsOfTwoWeeks };

/** Makes the queues, each open to those alone who need it. */
export function createQueues({ names }: Stage): Queues {
  const { partition, region, account, prefix } = names;
  const deadTasks = new aws.sqs.Queue("DeadTasks", {
    ...common,
    name: `${prefix}-dead-tasks.fifo`,
    fifoQueue: true,
    redriveAllowPolicy: JSON.stringify({
      redrivePermission: "byQueue",
      sourceQueueArns: [names.taskQueueArn],
    }),
  });
  const tasks = new aws.sqs.Queue("Tasks", {
    ...common,
    name: `${prefix}-tasks.fifo`,
    fifoQueue: true,
    contentBasedDeduplication: true,
    // Groups are resources: each has its own order and its own throughput.
    deduplicationScope: "messageGroup",
    fifoThroughputLimit: "perMessageGroupId",
    visibilityTimeoutSeconds: 6 * remediateSeconds,
    redrivePolicy: $jsonStringify({ deadLetterTargetArn: deadTasks.arn, maxReceiveCount: 8 }),
  });
  const looks = createLookQueues(names);
  const undelivered = new aws.sqs.Queue("Undelivered", {
    ...common,
    name: `${prefix}-undelivered`,
  });
  const arn = (name: string) => `arn:${partition}:sqs:${region}:${account}:${prefix}-${name}`;
  protect("DeadTasks", deadTasks, [denyPlainHttp("sqs", arn("dead-tasks.fifo"))]);
  protect("Tasks", tasks, [denyPlainHttp("sqs", arn("tasks.fifo"))]);
  protect("Undelivered", undelivered, [
    {
      Sid: "RulesSendWhatTheyCouldNotDeliver",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: arn("undelivered"),
      Condition: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: {
          // Those of the bus, and the schedules, which stand on the default bus.
          "aws:SourceArn": ["/*", "-*"].map(
            (rest) => `arn:${partition}:events:${region}:${account}:rule/${prefix}${rest}`,
          ),
        },
      },
    },
    denyPlainHttp("sqs", arn("undelivered")),
  ]);
  return { tasks, deadTasks, looks, undelivered };
}

/** Standard queues: looks need no order, and SQS gives accounts their turns by the group of a message. */
function createLookQueues({ prefix, lookQueueArn, deadLooksArn }: Names): aws.sqs.Queue {
  const deadLooks = new aws.sqs.Queue("DeadLooks", {
    ...common,
    name: `${prefix}-dead-looks`,
    redriveAllowPolicy: JSON.stringify({
      redrivePermission: "byQueue",
      sourceQueueArns: [lookQueueArn],
    }),
  });
  const looks = new aws.sqs.Queue("Looks", {
    ...common,
    name: `${prefix}-looks`,
    visibilityTimeoutSeconds: 6 * lookSeconds,
    redrivePolicy: $jsonStringify({ deadLetterTargetArn: deadLooks.arn, maxReceiveCount: 4 }),
  });
  protect("DeadLooks", deadLooks, [denyPlainHttp("sqs", deadLooksArn)]);
  protect("Looks", looks, [denyPlainHttp("sqs", lookQueueArn)]);
  return looks;
}

function protect(title: string, queue: aws.sqs.Queue, statements: readonly object[]): void {
  new aws.sqs.QueuePolicy(`${title}Policy`, {
    queueUrl: queue.url,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  });
}
