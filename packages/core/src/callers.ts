import type { Plan } from "./model/index.ts";
import { type RecentLogs, withCallers } from "./plan/index.ts";
import type { Ports, Scope } from "./story.ts";

/** The controls of which people are about to hear, or `all` where they look at the plan itself. */
type Told = ReadonlySet<string> | "all";

/** A plan on which people are to decide, with those who called lately in a way that it denies. */
export function tellCallers(
  plan: Plan,
  { on, settings, limits, now }: Scope,
  told: Told,
  { accessLogs }: Pick<Ports, "accessLogs">,
): Promise<Plan> {
  const logs = async (): Promise<RecentLogs> =>
    on.kind === "bucket" && limits.readAccessLogs ? accessLogs.recent(on, now) : notRead;
  return withCallers(plan, { settings, told, logs });
}

const notRead: RecentLogs = {
  kind: "unread",
  why: "no access log was read, because limits.readAccessLogs of the baseline is off",
};
