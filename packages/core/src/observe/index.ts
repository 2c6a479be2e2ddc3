export { isGone, observe, observeTraits, readContext } from "./observe.ts";
export type { ReadContext, Reader } from "./reader.ts";
