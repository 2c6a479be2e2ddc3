import type { LogTarget } from "../model/facets.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";
import { type Delivery, deliveryGrant } from "./log-delivery.ts";
import { excessesOf, judgeGrants } from "./log-grants.ts";
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
    if (logReceiver.state === "absent") return { kind: "not-applicable", why: noReceiver };
    const target = logReceiver.value;
    const { on } = context;
    const delivery = deliveryInto(target, context);
    if (delivery === undefined) return { kind: "not-applicable", why: noReceiver };
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

const noReceiver = "neither the baseline nor the bucket policy says that access logs arrive here";

/** Another log bucket than that of the baseline may well be for few sources; undefined where it is none. */
function deliveryInto(target: LogTarget, context: HealthContext): Delivery | undefined {
  const { on, isLogTarget } = context;
  const any = judgeAnyDelivery(target, context);
  if (isLogTarget || any.kind === "granted") return any;
  return judgeGrants(target, on);
}

function faultsOf(delivery: Delivery, { on, settings }: HealthContext): readonly Fault[] {
  switch (delivery.kind) {
    case "granted":
    case "undecided":
      return [];
    case "denied": {
      const exception = JSON.stringify({ BoolIfExists: { "aws:PrincipalIsAWSService": "false" } });
      return [{ why: delivery.why, needs: `${exception} in the Condition of that statement` }];
    }
    case "not-granted": {
      if (settings["access-logging"].mode !== "off") return [];
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

const judgedElsewhere =
  "the policy does not let S3 deliver the logs of every bucket here, and access-logging says so";

function withoutFault({ name }: LogTarget, delivery: Delivery): Verdict<object> {
  if (delivery.kind === "undecided") return { kind: "undecided", why: delivery.why };
  if (delivery.kind === "not-granted") return { kind: "not-applicable", why: judgedElsewhere };
  return {
    kind: "compliant",
    evidence: `nothing stops the delivery of logs into ${name}, and nobody else is let in by its grants`,
  };
}
