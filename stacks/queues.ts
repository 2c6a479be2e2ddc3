import type { Stage } from "./stage.ts";
import { remediateSeconds } from "./timing.ts";
import { denyPlainHttp } from "./transport.ts";

/** The queues of the hub. */
export interface Queues {
  /** The one queue behind which all writing happens. */
  readonly tasks: aws.sqs.Queue;
  /** Tasks that could not be worked off. */
  readonly deadTasks: aws.sqs.Queue;
  /** Events that did not reach a function; EventBridge and Lambda take no FIFO queue for that. */
  readonly undelivered: aws.sqs.Queue;
}

const secondsOfTwoWeeks = 14 * 24 * 60 * 60;

/** Makes the queues, each open to those alone who need it. */
export function createQueues({ names }: Stage): Queues {
  const { partition, region, account, prefix } = names;
  const common = { sqsManagedSseEnabled: true, messageRetentionSeconds: secondsOfTwoWeeks };
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
  return { tasks, deadTasks, undelivered };
}

function protect(title: string, queue: aws.sqs.Queue, statements: readonly object[]): void {
  new aws.sqs.QueuePolicy(`${title}Policy`, {
    queueUrl: queue.url,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  });
}
