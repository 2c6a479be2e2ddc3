import type { Look } from "../model/look.ts";

/** Whether something could not be read because AWS was asked too much. */
export function wasThrottled({ findings }: Pick<Look, "findings">): boolean {
  return findings.some(
    ({ assessment }) =>
      assessment.kind === "unread" &&
      assessment.facets.some(({ reason }) => reason === "throttled"),
  );
}
