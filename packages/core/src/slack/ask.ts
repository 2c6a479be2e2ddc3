import { assertNever } from "../kernel/index.ts";
import { slackUserName } from "../model/index.ts";
import type { Press } from "../notify/index.ts";

/** A press as a request that the function `invoke` takes, so that both go one way. */
export function requestFor({
  by,
  ask,
  reason,
}: Pick<Press, "by" | "ask" | "reason">): Readonly<Record<string, unknown>> {
  const { on } = ask;
  const asked = { mode: "apply", requestedBy: slackUserName(by) };
  const where =
    on.kind === "bucket"
      ? { bucket: on.name, account: on.account, region: on.region }
      : { account: on.account };
  switch (ask.kind) {
    case "approve":
      return { ...where, ...asked, approval: ask.approval, reason: reason ?? "approved in Slack" };
    case "repair":
      return { ...where, ...asked, controls: [ask.control], reason: reason ?? "asked in Slack" };
    case "undo":
      return { undo: ask.entry, ...asked, reason: reason ?? "asked in Slack" };
    case "waive": {
      const { control, days } = ask;
      return { waive: control, days, ...where, ...asked, reason: reason ?? "asked in Slack" };
    }
    default:
      return assertNever(ask);
  }
}
