export { buildPlan } from "./build.ts";
export { diffOf, diffOfPolicies } from "./render.ts";
