export { buildPlan } from "./build.ts";
export { diffOf } from "./render.ts";
