export { sandboxBaseline } from "./baseline.ts";
export { createBucket } from "./calls.ts";
export { type Deployment, type DeploymentOptions, deploy } from "./deploy.ts";
export { createKey } from "./provision.ts";
export { prepareRegions } from "./regions.ts";
export { deploySlack, type SlackDeployment, type SlackSettings } from "./slack.ts";
