export { assess, needsOf, selectControls } from "./assess.ts";
