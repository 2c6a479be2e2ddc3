export { guarantee } from "./guarantees/catalogue.ts";
export type {
  Callers,
  Guarantee,
  OneOrMore,
  OwnStatement,
  RequestClass,
  Where,
} from "./guarantees/guarantee.ts";
export { matchesWildcard as wildcardMatches } from "./match/wildcard.ts";
export type { Refusal } from "./merge/checks.ts";
export { type EnsureResult, ensure, ensureStatement } from "./merge/ensure.ts";
export { ownedSids } from "./merge/owned.ts";
export { type RemoveResult, remove } from "./merge/remove.ts";
export {
  type PolicyWrite,
  type RevertResult,
  revert,
  type StatementConflict,
} from "./merge/revert.ts";
export { type Decision, evaluate } from "./semantics/evaluate.ts";
export { type Impact, impact } from "./semantics/impact.ts";
export { type Proof, prove } from "./semantics/prove.ts";
export { type PublicAccess, type PublicStatement, publicAccess } from "./semantics/public.ts";
export type { Principal, Request } from "./semantics/request.ts";
export type {
  Condition,
  Diagnostic,
  LanguageVersion,
  Policy,
  Severity,
  Statement,
} from "./syntax/document.ts";
export { sizeInBytes } from "./syntax/edit.ts";
export { type ParseResult, parse } from "./syntax/parse.ts";
export { print } from "./syntax/print.ts";
