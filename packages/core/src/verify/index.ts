export {
  type Delivery,
  isPatient,
  judge,
  notLanded,
  pendingControls,
  retryOutcome,
} from "./outcome.ts";
export { judgeUndo } from "./undo.ts";
