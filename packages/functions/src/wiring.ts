import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import {
  type Clients,
  createAccessLogs,
  createAccountTraits,
  createClients,
  createDirectory,
  createDynamoDbTable,
  createHistory,
  createLookQueue,
  createReader,
  createSecurityHubChannel,
  createSnsChannel,
  createStopSwitch,
  createTaskQueue,
  createWriter,
  invokeLater,
  noStopSwitch,
  readSecret,
} from "@bucket-warden/core/aws";
import type { DeliveryPorts, DeliveryTerms } from "@bucket-warden/core/deliver";
import { type Clock, escaped } from "@bucket-warden/core/kernel";
import { type Outbox, outboxIn } from "@bucket-warden/core/outbox";
import type { Ports } from "@bucket-warden/core/reconcile";
import { ledgerIn, type Table } from "@bucket-warden/core/record";
import type { Directory, LookQueue, TaskQueue } from "@bucket-warden/core/resolve";
import { type Environment, parseEnvironment } from "./environment.ts";

import { metricPlace } from "./metric.ts";

/** Everything that a handler works with. The only place where ports meet AWS and the real clock. */
export interface Wiring {
  readonly environment: Environment;
  readonly ports: Ports;
  readonly outbox: Outbox;
  /** How what lies in the outbox leaves. */
  readonly delivery: Omit<DeliveryPorts, "outbox"> & { readonly terms: DeliveryTerms };
  readonly queue: TaskQueue;
  readonly looks: LookQueue;
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
  const reader = createReader(clients);
  const table = createDynamoDbTable({
    client: clients.dynamodb(),
    table: environment.ledgerTable,
    keepDays: environment.ledgerDays,
  });
  const outbox = outboxIn(table, clock);
  return {
    environment,
    ports: {
      reader,
      writer: createWriter({ clients, clock, random: Math.random }),
      ledger: ledgerIn(table),
      history: createHistory(clients),
      channel: outbox,
      accessLogs: createAccessLogs(clients),
      stopSwitch:
        environment.stopParameter === undefined
          ? noStopSwitch
          : createStopSwitch(clients, environment.stopParameter, clock),
      clock,
    },
    outbox,
    delivery: deliveryOf(environment, clients, reader),
    queue: createTaskQueue(clients, environment.taskQueueUrl),
    looks: createLookQueue(clients, environment.lookQueueUrl),
    directory: createDirectory(clients, environment.regions),
    table,
    readSecret: (parameter) => readSecret(clients, parameter),
    invokeLater: (name, event) => invokeLater(clients, name, event),
    logger: new Logger({
      serviceName: "bucket-warden",
      logLevel: environment.logLevel,
      // JSON lets characters stand that a terminal obeys when it follows the logs.
      jsonReplacerFn: (_name, value) => (typeof value === "string" ? escaped(value) : value),
    }),
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

function deliveryOf(
  environment: Environment,
  clients: Clients,
  reader: Ports["reader"],
): Wiring["delivery"] {
  const { baseline, region, topicArn: topic, desk } = environment;
  const { notifications } = baseline;
  const withUnits = notifications.routes.some(
    ({ match }) => match.organizationalUnits !== undefined,
  );
  return {
    terms: { notifications, topic, desk },
    carriers: {
      publish: createSnsChannel(clients),
      importFindings: createSecurityHubChannel(clients),
    },
    traitsOf: createAccountTraits({ clients, reader, region, withUnits }),
    clock,
  };
}

/** The one that all of them have. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
