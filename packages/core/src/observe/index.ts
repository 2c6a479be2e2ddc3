export { isGone, observe, observeTraits, readContext } from "./observe.ts";
export type { ReadContext, Reader, SharedAnswers } from "./reader.ts";
