import { fingerprint } from "../kernel/hash.ts";
import type { WriteStep } from "../model/plan.ts";

/**
 * Names one plan of one control and until when it may be approved. The fingerprint covers what the
 * documents hold now and what they would hold, so it fits no other plan; nothing has to be stored.
 */
export function approvalFor(control: string, steps: readonly WriteStep[], until: string): string {
  return `${control}/${until}/${fingerprint([control, until, steps])}`;
}

/** Why an approval does not allow these steps any more; undefined when it does. */
export function staleness(
  approval: string,
  control: string,
  { steps, now }: { readonly steps: readonly WriteStep[]; readonly now: number },
): string | undefined {
  const [, until = ""] = approval.split("/");
  if (approval !== approvalFor(control, steps, until))
    return "it is for another plan than this one";
  return Date.parse(until) > now ? undefined : `it ended at ${until}`;
}
