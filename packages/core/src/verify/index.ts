export { judge, notLanded, pendingControls } from "./outcome.ts";
