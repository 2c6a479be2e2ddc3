import type { Retention } from "../model/facets.ts";
import { type Context, defineControl } from "./control.ts";

/** A bucket with Object Lock keeps its default retention at least as strong as the baseline's. */
export const objectLock = defineControl({
  id: "object-lock",
  reads: ["objectLock"],

  evaluate({ objectLock }, context) {
    if (objectLock.state === "absent") {
      return { kind: "not-applicable", why: "Object Lock was never enabled on this bucket" };
    }
    const { defaultRetention } = objectLock.value;
    const weakness = weaknessOf(defaultRetention, context.own.minimum);
    if (weakness === undefined) {
      return { kind: "compliant", evidence: describe(defaultRetention) };
    }
    return {
      kind: "drift",
      summary: weakness,
      detail: {},
      hold: { mode: "report-only", why: decided, command: command(context, defaultRetention) },
    };
  },

  remediation: {
    mode: "report-only",
    why: "retention cannot be taken back, so a person decides what new objects are locked for",
  },

  docs: {
    title: "Object Lock keeps its default retention",
    rationale:
      "Anyone with s3:PutBucketObjectLockConfiguration can remove or weaken the default rule; from then on new objects are not protected.",
    breaks:
      "Nothing is written. What a stronger rule locks cannot be deleted before its time, in COMPLIANCE mode by nobody.",
    stops: ["Object Lock was never enabled on the bucket: not applicable."],
  },
  references: { "security-hub": ["S3.15"] },
});

const decided =
  "retention cannot be taken back from objects that have it, so a person decides what new objects are locked for";

type Minimum = Context<"object-lock">["own"]["minimum"];

function weaknessOf(actual: Retention | undefined, minimum: Minimum): string | undefined {
  const wanted = `${minimum.mode}, ${days(minimum.days)}`;
  if (actual === undefined) {
    return `the default retention rule is missing: new objects are not locked (baseline: ${wanted})`;
  }
  const weaker: string[] = [];
  if (minimum.mode === "COMPLIANCE" && actual.mode === "GOVERNANCE") {
    weaker.push("the mode is GOVERNANCE, which privileged users can bypass, not COMPLIANCE");
  }
  if (inDays(actual) < minimum.days) {
    weaker.push(`the period is ${days(inDays(actual))}, not ${days(minimum.days)}`);
  }
  return weaker.length === 0 ? undefined : `default retention is weaker: ${weaker.join(", and ")}`;
}

function inDays({ period }: Retention): number {
  return period.unit === "days" ? period.count : period.count * 365;
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function describe(retention: Retention | undefined): string {
  if (retention === undefined) return "no default retention";
  return `${retention.mode} for ${days(inDays(retention))}`;
}

/** The stronger of what is there and what the baseline wants: a repair must not weaken. */
function command({ on, own }: Context<"object-lock">, actual: Retention | undefined): string {
  const mode = actual?.mode === "COMPLIANCE" ? "COMPLIANCE" : own.minimum.mode;
  const period = Math.max(own.minimum.days, actual === undefined ? 0 : inDays(actual));
  const rule = { DefaultRetention: { Mode: mode, Days: period } };
  const configuration = JSON.stringify({ ObjectLockEnabled: "Enabled", Rule: rule });
  return `aws s3api put-object-lock-configuration --bucket ${on.name} --object-lock-configuration '${configuration}'`;
}
