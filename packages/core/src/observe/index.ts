export { observe, readContext } from "./observe.ts";
export type { ReadContext, Reader } from "./reader.ts";
