export { createSnsChannel } from "./channels/sns.ts";
export { type AwsOptions, type Clients, createClients } from "./clients.ts";
export { createDirectory } from "./directory.ts";
export { createHistory } from "./history.ts";
export { createReader } from "./readers/index.ts";
export { createStopSwitch, noStopSwitch } from "./stop-switch.ts";
export { createDynamoDbTable } from "./stores/dynamodb-table.ts";
export { createTaskQueue } from "./task-queue.ts";
export { createWriter } from "./writers/index.ts";
