import { controls, targetsOf } from "@bucket-warden/core/controls";
import { sweepsIn } from "@bucket-warden/core/record";
import { type SlicePorts, sweepAccount } from "@bucket-warden/core/sweep-account";
import { createEdge, fromProcess } from "./edge.ts";
import { setGoing } from "./resolving.ts";
import { sliceIn } from "./sweep-event.ts";
import { reportSlice } from "./sweep-report.ts";
import type { Wiring } from "./wiring.ts";

/** Schedule → looks at the account and at all in it: they catch what events missed. */
export const createSweep = createEdge<unknown, { readonly looks: number }>(
  (wiring) => async (event, context) => {
    const slice = sliceIn(event, context);
    const { environment } = wiring;
    const terms = {
      ...environment,
      kinds: targetsOf(controls),
      largeSweep: environment.baseline.limits.largeSweep,
      remainingMilliseconds: () => context.getRemainingTimeInMillis(),
    };
    const end = await sweepAccount(slice, terms, portsOf(wiring));
    if (end.kind === "unfinished") {
      const rest = { id: slice.sweepId, account: slice.account, from: end.rest };
      await wiring.invokeLater(context.functionName, rest);
    }
    return { looks: reportSlice(slice, end, wiring) };
  },
);

export const handler = fromProcess(createSweep);

function portsOf(wiring: Wiring): SlicePorts {
  const sweeps = sweepsIn(wiring.table);
  return { ...wiring, ...wiring.ports, sweeps, setGoing: (it) => setGoing(it, wiring) };
}
