import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import {
  createAccessLogs,
  createClients,
  createDirectory,
  createDynamoDbTable,
  createHistory,
  createReader,
  createSnsChannel,
  createStopSwitch,
  createTaskQueue,
  createWriter,
  invokeLater,
  noStopSwitch,
  readSecret,
} from "@bucket-warden/core/aws";
import type { Clock } from "@bucket-warden/core/kernel";
import { type Channel, complete } from "@bucket-warden/core/notify";
import type { Ports } from "@bucket-warden/core/reconcile";
import { ledgerIn, type Table } from "@bucket-warden/core/record";
import type { Directory, TaskQueue } from "@bucket-warden/core/resolve";
import { type Environment, parseEnvironment } from "./environment.ts";

import { metricPlace } from "./metric.ts";

/** Everything that a handler works with. The only place where ports meet AWS and the real clock. */
export interface Wiring {
  readonly environment: Environment;
  readonly ports: Ports;
  readonly queue: TaskQueue;
  readonly directory: Directory;
  /** The table of the ledger. */
  readonly table: Table;
  /** The text behind a parameter. Throws InputError where it cannot be read. */
  readonly readSecret: (parameter: string) => Promise<string>;
  /** Has another function run soon. */
  readonly invokeLater: (name: string, event: unknown) => Promise<void>;
  readonly logger: Logger;
  readonly metrics?: Metrics;
}

export function wire(variables: Readonly<Record<string, string | undefined>>): Wiring {
  const environment = parseEnvironment(variables);
  const clients = createClients(environment);
  const table = createDynamoDbTable({
    client: clients.dynamodb(),
    table: environment.ledgerTable,
    keepDays: environment.ledgerDays,
  });
  return {
    environment,
    ports: {
      reader: createReader(clients),
      writer: createWriter({ clients, clock, random: Math.random }),
      ledger: ledgerIn(table),
      history: createHistory(clients),
      channel: completing(createSnsChannel(clients.sns(), environment.topicArn), environment),
      accessLogs: createAccessLogs(clients),
      stopSwitch:
        environment.stopParameter === undefined
          ? noStopSwitch
          : createStopSwitch(clients.ssm(), environment.stopParameter, clock),
      clock,
    },
    queue: createTaskQueue(clients.sqs(), environment.taskQueueUrl),
    directory: createDirectory(clients, environment.regions),
    table,
    readSecret: (parameter) => readSecret(clients.ssm(), parameter),
    invokeLater: (name, event) => invokeLater(clients.lambda(), name, event),
    logger: new Logger({ serviceName: "bucket-warden", logLevel: environment.logLevel }),
    ...(environment.metrics
      ? {
          metrics: new Metrics({
            namespace: metricPlace.namespace,
            serviceName: metricPlace.service,
          }),
        }
      : {}),
  };
}

/** Messages leave with the commands that people can type. */
function completing({ publish }: Channel, { desk }: Environment): Channel {
  return { publish: (message) => publish(complete(message, { desk })) };
}

const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
