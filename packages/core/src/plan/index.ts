export { buildPlan, type Guards } from "./build.ts";
export { conflictLines, diffOf, diffOfPolicies } from "./render.ts";
export { documentsOf, planUndo } from "./undo.ts";
