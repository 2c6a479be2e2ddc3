export { type BucketState, keptFacets } from "./bucket-state.ts";
export { type Copies, rememberCopies } from "./copies.ts";
export { directoryOf } from "./directory.ts";
export { type InOrder, inOrder, type Timed } from "./in-order.ts";
export { ledgerOfRehearsal } from "./ledger.ts";
export { digestsBetween, type Mailed, openPostOffice } from "./post.ts";
export { readerOf } from "./reader.ts";
export { type Recorded, recordedIn } from "./recorded.ts";
export {
  type Counts,
  type FoundDrift,
  newTally,
  type OpenVerdict,
  type Totals,
  type Verdict,
  type VerdictKind,
  verdictKinds,
} from "./tally.ts";
export { createWorld, type Supposed, type World } from "./world.ts";
