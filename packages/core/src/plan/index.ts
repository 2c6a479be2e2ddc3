export { buildPlan, type Guards } from "./build.ts";
export { diffOf, diffOfPolicies } from "./render.ts";
