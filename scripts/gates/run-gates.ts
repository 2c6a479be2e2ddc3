import type { Gate, Verdict } from "./gate.ts";
import { inLanes } from "./lanes.ts";

/** The verdict of a gate and how long it took. */
export interface GateResult {
  readonly gate: Gate;
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

/** Runs gates two at a time; `onResult` hears each one as it ends. */
export function runGates(
  gates: readonly Gate[],
  root: string,
  onResult: (result: GateResult) => void,
): Promise<readonly GateResult[]> {
  return inLanes(2, gates, async (gate) => {
    const began = performance.now();
    const verdict = await runGate(gate, root);
    const result = { gate, verdict, milliseconds: performance.now() - began };
    onResult(result);
    return result;
  });
}

/** A gate that breaks down is red: it has shown nothing. */
export async function runGate(gate: Gate, root: string): Promise<Verdict> {
  try {
    return await gate.run(root);
  } catch (error) {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "red", saw: "nothing", output };
  }
}
