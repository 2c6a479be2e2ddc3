import type { Settings } from "../../baseline/index.ts";
import type { Held, Plan } from "../../model/plan.ts";
import type { RecentLogs } from "./access-logs.ts";
import { callersInWords, type Transport } from "./callers.ts";

/** How to look for callers, and for which controls. */
export interface Look {
  readonly settings: Settings;
  /** Those of which people are about to hear; `all` where they look at the plan itself. */
  readonly told: ReadonlySet<string> | "all";
  /** Asked once at most, and only where a plan denies a way to call. */
  readonly logs: () => Promise<RecentLogs>;
}

/** The plan with the callers whom it would deny for how they call, where a person is to decide on it. */
export async function withCallers(plan: Plan, look: Look): Promise<Plan> {
  const { on } = plan;
  if (on.kind !== "bucket") return plan;
  const waiting = new Set(plan.held.filter((held) => isAwaited(held, look)));
  const shown = look.told === "all" ? plan.steps.flatMap(({ controls }) => controls) : [];
  const denied = transportsOf(shown, look.settings);
  if (waiting.size === 0 && denied.length === 0) return plan;
  const logs = await look.logs();
  const words = (transports: readonly Transport[]) =>
    transports.flatMap((transport) => callersInWords(logs, transport, on.name));
  const held = plan.held.map((it) => {
    if (!waiting.has(it)) return it;
    return { ...it, impact: [...(it.impact ?? []), ...words(transportsIn(it, look))] };
  });
  if (denied.length === 0) return { ...plan, held };
  return { ...plan, held, impact: [...(plan.impact ?? []), ...words(denied)] };
}

function isAwaited(held: Held, look: Look): boolean {
  const isTold = look.told === "all" || look.told.has(held.control);
  return held.kind === "approval" && isTold && transportsIn(held, look).length > 0;
}

function transportsIn({ control }: Held, { settings }: Look): readonly Transport[] {
  return transportsOf([control], settings);
}

/** The ways to call that controls deny. */
function transportsOf(controls: readonly string[], settings: Settings): readonly Transport[] {
  const than = settings["tls-minimum"].minimum;
  return [
    ...(controls.includes("ssl-only") ? [{ kind: "plain-http" } as const] : []),
    ...(controls.includes("tls-minimum") ? [{ kind: "older-tls", than } as const] : []),
  ];
}
