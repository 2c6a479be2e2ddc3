import type { ObjectLock, Period, PolicyText } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";
import { deliveryService } from "./log-delivery.ts";
import { logWritersIn } from "./log-writers.ts";
import { isNamedBy } from "./name-patterns.ts";

interface Drift {
  /** The period of the GOVERNANCE rule that would do; undefined where only a person may write one. */
  readonly governanceDays?: number;
}

/** A bucket with Object Lock keeps its default retention at least as strong as the baseline's. */
export const objectLock = defineControl({
  id: "object-lock",
  reads: ["objectLock", "policy"],

  evaluate({ objectLock, policy }, context): Verdict<Drift> {
    if (context.isLogTarget) {
      return { kind: "not-applicable", why: `access logs arrive here, ${noneUnderLock}` };
    }
    const letsLogsIn = isOpenToLogs(policy);
    if (objectLock.state === "absent") return withoutLock(context, letsLogsIn);
    const { minimum } = context.own;
    const summary = weaknessOf(objectLock.value, minimum);
    if (summary === undefined) {
      return { kind: "compliant", evidence: describe(objectLock.value) };
    }
    const isForPeople = letsLogsIn || isBoundToCompliance(objectLock.value, minimum);
    if (isForPeople) {
      const why = letsLogsIn ? logsOrLock : irrevocable;
      const hold = flagged(why, lockCommand(context, objectLock.value));
      return { kind: "drift", summary, detail: {}, hold };
    }
    const hold = { mode: "approval", why: consequence(minimum) } as const;
    return { kind: "drift", summary, detail: { governanceDays: minimum.days }, hold };
  },

  remediation: {
    mode: "approval",
    writes: ["objectLock"],
    intents: ({ governanceDays: days }) =>
      days === undefined
        ? []
        : [{ document: "objectLock", kind: "set-governance-retention", days }],
  },

  docs: {
    title: "Object Lock keeps its default retention",
    rationale:
      "Anyone with s3:PutBucketObjectLockConfiguration can remove or weaken the default rule; from then on new objects are not protected.",
    breaks:
      "Versions of new objects cannot be deleted before their time, but by those with s3:BypassGovernanceRetention.",
    stops: [
      "Object Lock was never enabled: not applicable, or flagged with the commands where the baseline wants it.",
      "The rule is, or shall be, one of COMPLIANCE: flagged with the command, because nobody could take it back.",
      "The bucket receives the access logs of the baseline: it is asked for no lock, under which none arrive.",
      "The bucket policy lets access logs in: flagged with the command, for a person to choose between the two.",
    ],
  },
  references: { "security-hub": ["S3.15"] },
});

const irrevocable =
  "COMPLIANCE retention cannot be taken back from objects that have it, so a person decides what new objects are locked for";
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html */
const forGood =
  "Object Lock can never be switched off again, and versioning, which it needs, can never be suspended again, so a person decides";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
const noneUnderLock = "and S3 delivers none into a bucket with Object Lock";
const logsOrLock = `the bucket policy lets access logs in, ${noneUnderLock}, so a person chooses between the two`;

/** A policy that cannot be judged lets nobody in for certain, and what follows asks a person anyway. */
function isOpenToLogs(policy: Known<PolicyText>): boolean {
  const writers = logWritersIn(policy);
  return writers.kind === "known" && writers.sseS3.includes(deliveryService);
}

type Minimum = Context<"object-lock">["own"]["minimum"];

function consequence({ days: count }: Minimum): string {
  return `the versions of new objects could not be deleted for ${days(count)}, but by those with s3:BypassGovernanceRetention`;
}

function withoutLock(context: Context<"object-lock">, letsLogsIn: boolean): Verdict<Drift> {
  if (!isNamedBy(context.own.buckets, context.on)) {
    return { kind: "not-applicable", why: "Object Lock was never enabled on this bucket" };
  }
  const { name, account } = context.on;
  const versioned = `aws s3api put-bucket-versioning --bucket ${name} --expected-bucket-owner ${account} --versioning-configuration Status=Enabled`;
  return {
    kind: "drift",
    summary:
      "Object Lock was never enabled, and the baseline wants it here: whoever may delete versions can do so",
    detail: {},
    hold: flagged(
      letsLogsIn ? `${forGood}; ${logsOrLock}` : forGood,
      `${versioned} && ${lockCommand(context, undefined)}`,
    ),
  };
}

function flagged(why: string, command: string) {
  return { mode: "report-only", why, command } as const;
}

function weaknessOf(
  { defaultRetention: actual }: ObjectLock,
  minimum: Minimum,
): string | undefined {
  const wanted = `${minimum.mode}, ${days(minimum.days)}`;
  if (actual === undefined) {
    return `the default retention rule is missing: new objects are not locked (baseline: ${wanted})`;
  }
  const weaker: string[] = [];
  if (minimum.mode === "COMPLIANCE" && actual.mode === "GOVERNANCE") {
    weaker.push("the mode is GOVERNANCE, which privileged users can bypass, not COMPLIANCE");
  }
  if (inDays(actual.period) < minimum.days) {
    weaker.push(`the period is ${days(inDays(actual.period))}, not ${days(minimum.days)}`);
  }
  return weaker.length === 0 ? undefined : `default retention is weaker: ${weaker.join(", and ")}`;
}

/** A rule that is no weaker than what is there and what is wanted would be one of COMPLIANCE. */
function isBoundToCompliance({ defaultRetention }: ObjectLock, minimum: Minimum): boolean {
  return minimum.mode === "COMPLIANCE" || defaultRetention?.mode === "COMPLIANCE";
}

function inDays({ unit, count }: Period): number {
  return unit === "days" ? count : count * 365;
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function describe({ defaultRetention: retention, defaultEventHold: hold }: ObjectLock): string {
  const rule =
    retention === undefined
      ? "no default retention"
      : `${retention.mode} for ${days(inDays(retention.period))}`;
  return hold === undefined ? rule : `${rule}, and an event hold of ${days(inDays(hold))}`;
}

/** The stronger of what is there and what the baseline wants: a repair must not weaken. */
function lockCommand({ on, own }: Context<"object-lock">, lock: ObjectLock | undefined): string {
  const { defaultRetention: actual, defaultEventHold: hold } = lock ?? {};
  const mode = actual?.mode === "COMPLIANCE" ? "COMPLIANCE" : own.minimum.mode;
  const period = Math.max(own.minimum.days, actual === undefined ? 0 : inDays(actual.period));
  const rule = {
    DefaultRetention: {
      Mode: mode,
      Days: period,
      ...(hold === undefined ? {} : { DefaultEventHold: inApi(hold) }),
    },
  };
  const configuration = JSON.stringify({ ObjectLockEnabled: "Enabled", Rule: rule });
  return `aws s3api put-object-lock-configuration --bucket ${on.name} --expected-bucket-owner ${on.account} --object-lock-configuration '${configuration}'`;
}

function inApi({ unit, count }: Period): object {
  return unit === "days" ? { Days: count } : { Years: count };
}
