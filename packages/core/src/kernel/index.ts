export type { Brand } from "./brand.ts";
export { type Clock, dayMilliseconds, hourMilliseconds, isoTime } from "./clock.ts";
export { type Fingerprint, fingerprint } from "./hash.ts";
export { InputError } from "./input-error.ts";
export { canonicalJson, type Json } from "./json.ts";
export { nearest } from "./nearest.ts";
export { assertNever } from "./never.ts";
export { escaped, printable } from "./printable.ts";
export { tryParse } from "./try-parse.ts";
