import type { Gate } from "./gate.ts";
import { ownGates } from "./own-gates.ts";
import { toolGates } from "./tool-gates.ts";

/** Every gate, in the order in which they are started: the slowest first. */
export const gates: readonly Gate[] = [...toolGates, ...ownGates];
