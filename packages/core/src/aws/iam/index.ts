export { type Access, type AccessOptions, accessUnder, enabledUnder } from "./access.ts";
export {
  type IamCondition,
  type IamPolicy,
  type IamStatement,
  policiesOf,
  sizeOf,
} from "./document.ts";
export {
  callersOf,
  type HubFunction,
  type HubPlace,
  hubFunctions,
  hubPolicy,
  slackFunctions,
} from "./hub.ts";
export { readStatements, writeStatements } from "./member.ts";
export type { IamPlace } from "./resources.ts";
