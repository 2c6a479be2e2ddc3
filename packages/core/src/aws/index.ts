export { createAccessLogs } from "./access-logs.ts";
export { type Caller, type Profile, whoCalls } from "./caller.ts";
export {
  type Around,
  type AwsOptions,
  type Clients,
  createClients,
  type Place,
} from "./clients.ts";
export { createDeployed, type Deployed, type DeployedFunction } from "./deployed.ts";
export { createDirectory } from "./directory.ts";
export { describeError, isThrottling } from "./errors.ts";
export type { DeployedRule } from "./event-rules.ts";
export { createLogStore, type LogStore } from "./log-store.ts";
export { accountsOfOrganization } from "./organization.ts";
export {
  createAccountTraits,
  createHistory,
  createLookQueue,
  createSecurityHubChannel,
  createSnsChannel,
  createStopSwitch,
  createTaskQueue,
  invokeFunction,
  invokeLater,
  noStopSwitch,
  readSecret,
} from "./rare.ts";
export { createReader } from "./readers/index.ts";
export { shareAnswers } from "./shared-answers.ts";
export { createDynamoDbTable } from "./stores/dynamodb-table.ts";
export { tableToRead } from "./stores/table-to-read.ts";
export { createWriter } from "./writers/index.ts";
