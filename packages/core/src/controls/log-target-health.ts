import type { LogTarget } from "../model/facets.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";
import { type Delivery, deliveryGrant } from "./log-delivery.ts";
import { excessesOf } from "./log-grants.ts";
import { judgeAnyDelivery, loopThrough, troublesAt } from "./log-target.ts";

type HealthContext = Context<"log-target-health">;

/** What is wrong with a log bucket, and what it takes. */
interface Fault {
  readonly why: string;
  readonly needs: string;
  readonly command?: string;
}

/** A bucket that receives access logs really can, from its own account and from nobody else. */
export const logTargetHealth = defineControl({
  id: "log-target-health",
  reads: ["logReceiver"],

  evaluate({ logReceiver }, context) {
    if (logReceiver.state === "absent") {
      const why = "neither the baseline nor the bucket policy says that access logs arrive here";
      return { kind: "not-applicable", why };
    }
    const target = logReceiver.value;
    const { on, settings } = context;
    const delivery = judgeAnyDelivery(target, on, settings["access-logging"].prefix);
    const faults = [
      ...troublesAt(target, on.region),
      ...[loopThrough(target, on)].filter((it) => it !== undefined),
      ...faultsOf(delivery, context),
      ...excessesOf(target, on),
    ];
    return faults.length > 0 ? inOne(faults) : withoutFault(target, delivery);
  },

  remediation: {
    mode: "report-only",
    why: "what is stored in a log bucket, and who else writes there, is known to its owners alone",
  },

  docs: {
    title: "Log buckets can receive logs, and only those of their account",
    rationale:
      "S3 drops access logs that it cannot deliver and tells nobody; every bucket that logs there then has none.",
    breaks: "Nothing by itself, since it only says what somebody has to change.",
    stops: [
      "The grant of the baseline's log bucket is missing: access-logging repairs it, where that is not off.",
    ],
  },
  references: {},
});

function faultsOf(
  delivery: Delivery,
  { on, settings, isLogTarget }: HealthContext,
): readonly Fault[] {
  switch (delivery.kind) {
    case "granted":
    case "undecided":
      return [];
    case "denied": {
      const exception = JSON.stringify({ BoolIfExists: { "aws:PrincipalIsAWSService": "false" } });
      return [{ why: delivery.why, needs: `${exception} in the Condition of that statement` }];
    }
    case "not-granted": {
      // Another log bucket may well be for one source only.
      if (!isLogTarget || settings["access-logging"].mode !== "off") return [];
      const grant = JSON.stringify(deliveryGrant(on));
      return [{ why: delivery.why, needs: `the statement ${grant} in its policy` }];
    }
  }
}

function inOne(faults: readonly Fault[]): Verdict<object> {
  const commands = faults.flatMap(({ command }) => command ?? []);
  return {
    kind: "drift",
    summary: faults.map(({ why }) => why).join("; "),
    detail: {},
    hold: {
      mode: "report-only",
      why: `it takes ${faults.map(({ needs }) => needs).join("; ")}`,
      ...(commands.length === 0 ? {} : { command: commands.join(" && ") }),
    },
  };
}

function withoutFault({ name }: LogTarget, delivery: Delivery): Verdict<object> {
  if (delivery.kind === "undecided") return { kind: "undecided", why: delivery.why };
  return {
    kind: "compliant",
    evidence: `nothing stops the delivery of logs into ${name}, and nobody else is let in by its grants`,
  };
}
