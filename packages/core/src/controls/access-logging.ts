import { logTargetOf } from "../baseline/index.ts";
import type { Facts, KeyFormat, Logging, LogTarget } from "../model/facets.ts";
import { keyFormatOf } from "../model/key-format.ts";
import { valueIn } from "../model/reading.ts";
import { type BucketRef, bucketArn } from "../model/ref.ts";
import type { Allowance } from "../model/verdict.ts";
import { type Context, defineControl, type Verdict } from "./control.ts";
import { type Arrival, judgeArrival } from "./last-log.ts";
import { deliveryGrant, judgeDelivery } from "./log-delivery.ts";
import { grantsObstacle } from "./log-format.ts";
import {
  judgeAnyDelivery,
  loopThrough,
  switchLoggingOff,
  type Trouble,
  troublesAt,
} from "./log-target.ts";
import { judgeVended } from "./vended-logs.ts";

type Drift =
  | {
      readonly repair: "enable";
      readonly targetBucket: string;
      readonly targetPrefix: string;
      readonly keyFormat?: KeyFormat;
    }
  | { readonly repair: "grant" }
  | { readonly repair: "none" };

type LoggingFacts = Facts<"logging" | "location" | "logTarget"> &
  Partial<Facts<"vendedLogs" | "lastLog">>;
type LoggingContext = Context<"access-logging">;
type LoggingVerdict = Verdict<Drift>;
type Hold = Exclude<Allowance, { mode: "automatic" }>;

/** Who asked for which object is recorded, in a bucket that can really receive the records. */
export const accessLogging = defineControl({
  id: "access-logging",
  reads: ["logging", "location", "logTarget"],
  readsWhere: {
    vendedLogs: ({ own, isLogTarget }) => own.accept === "either" && !isLogTarget,
    lastLog: ({ isLogTarget }) => !isLogTarget,
  },

  evaluate(facts, context): LoggingVerdict {
    const { logging } = facts;
    const loops = logging.state === "present" && logging.value.targetBucket === context.on.name;
    const source = !context.isLogTarget && context.settings.logTarget !== undefined;
    if (source) return judgeSource(facts, context);
    if (loops && !isJudgedElsewhere(context)) return logsIntoItself(context.on);
    return context.isLogTarget ? judgeTarget(facts, context) : judgeWithoutTarget(facts, context);
  },

  remediation: {
    mode: "automatic",
    writes: ["logging", "policy"],
    intents(drift, { on }) {
      switch (drift.repair) {
        case "none":
          return [];
        case "grant":
          return [{ document: "policy", kind: "ensure-statement", statement: deliveryGrant(on) }];
        case "enable": {
          const { repair: _repair, ...wanted } = drift;
          return [{ document: "logging", kind: "enable-logging", ...wanted }];
        }
      }
    },
  },

  docs: {
    title: "Server access logging is on and can be delivered",
    rationale:
      "Access logs are the record of who read or deleted what. S3 accepts any target and tells nobody when delivery fails.",
    breaks: "Nothing at the bucket itself; log files arrive in the target and cost storage there.",
    stops: [
      "The baseline names no target: flagged.",
      "The target is missing, in another Region, under KMS, Requester Pays or has Object Lock: blocked until it can receive.",
      "The policy of the target does not let S3 deliver: the target is repaired first; it denies delivery: blocked.",
      "The log files have grants that S3 would refuse at the target: blocked until they are gone.",
      "Logs would cause further logs without end: blocked; the bucket logs into itself: flagged with the command.",
    ],
  },
  references: { "security-hub": ["S3.9"] },
});

/** One cause shall be told once: whatever stops a log bucket is a matter of log-target-health. */
function isJudgedElsewhere({ isLogTarget, settings }: LoggingContext): boolean {
  return isLogTarget && settings["log-target-health"].mode !== "off";
}

const judgedElsewhere: LoggingVerdict = {
  kind: "not-applicable",
  why: "a log bucket need not log, and log-target-health says what stops delivery here",
};

function logsIntoItself(on: BucketRef): LoggingVerdict {
  return {
    kind: "drift",
    summary: "the bucket logs into itself, so that every log file causes another one",
    detail: { repair: "none" },
    hold: {
      mode: "report-only",
      why: "switching logging off is not something that a remediator does by itself",
      command: switchLoggingOff(on.name),
    },
  };
}

/** The log bucket of the baseline: it need not log, but it must be able to receive. */
function judgeTarget({ logTarget }: LoggingFacts, context: LoggingContext): LoggingVerdict {
  const { on } = context;
  if (logTarget.state === "absent") {
    return { kind: "undecided", why: "the bucket vanished while it was read" };
  }
  const [trouble = loopThrough(logTarget.value, on)] = troublesAt(logTarget.value, on.region);
  if (trouble !== undefined) {
    if (isJudgedElsewhere(context)) return judgedElsewhere;
    return {
      kind: "drift",
      summary: trouble.why,
      detail: { repair: "none" },
      hold: blockedBy(trouble),
    };
  }
  const delivery = judgeAnyDelivery(logTarget.value, context);
  switch (delivery.kind) {
    case "granted":
      return { kind: "compliant", evidence: "every bucket of this account may deliver logs here" };
    case "undecided":
      return { kind: "undecided", why: delivery.why };
    case "denied":
      if (isJudgedElsewhere(context)) return judgedElsewhere;
      return {
        kind: "drift",
        summary: "the bucket policy denies log delivery",
        witness: delivery.why,
        detail: { repair: "none" },
        hold: { mode: "blocked", why: delivery.why, needs: `a change of the policy of ${on.name}` },
      };
    case "not-granted":
      return {
        kind: "drift",
        summary:
          "this bucket receives access logs, but its policy does not let S3 deliver those of every bucket of the account",
        detail: { repair: "grant" },
      };
  }
}

function blockedBy({ why, needs }: Trouble): Hold {
  return { mode: "blocked", why, needs };
}

function judgeWithoutTarget(
  { logging, vendedLogs, lastLog }: LoggingFacts,
  { own }: LoggingContext,
): LoggingVerdict {
  if (logging.state === "present") {
    const arrival = judgeArrival(lastLog, own.maxLogAgeHours);
    return judgeSound(`logs go to ${logging.value.targetBucket}`, arrival);
  }
  const vended = judgeVended(vendedLogs);
  if (vended.isDelivered) return { kind: "compliant", evidence: vended.says };
  return {
    kind: "drift",
    summary: vended.says,
    detail: { repair: "none" },
    hold: { mode: "report-only", why: "the baseline names no bucket to log into" },
  };
}

function judgeSource(facts: LoggingFacts, context: LoggingContext): LoggingVerdict {
  const { own, on } = context;
  const known = valueIn(facts.logTarget);
  const actual = valueIn(facts.logging);
  const vended = judgeVended(facts.vendedLogs);
  if (actual === undefined && vended.isDelivered) {
    return { kind: "compliant", evidence: vended.says };
  }
  const target = own.target ?? "";
  const isThere = actual?.targetBucket === target;
  const prefix = isThere ? actual.targetPrefix : own.prefix;
  const region = valueIn(facts.location) ?? on.region;
  const obstacle = obstacleFor(known, { region, prefix }, context);
  if (isThere && obstacle !== undefined) return judgeBlocked(target, obstacle);
  const problem = actual === undefined ? vended.says : problemOf(actual, context);
  if (problem === undefined) {
    const arrival = judgeArrival(facts.lastLog, own.maxLogAgeHours);
    return judgeSound(`logs go to ${target}, which may receive them`, arrival);
  }
  const hold =
    obstacle === undefined ? known && grantsObstacle(actual, known) : holdOf(obstacle, target);
  return {
    kind: "drift",
    summary: problem,
    detail: { repair: "enable", targetBucket: target, targetPrefix: prefix, ...formatIn(context) },
    ...(hold === undefined ? {} : { hold }),
  };
}

/** The configuration is as it should be; whether log files come is another matter. */
function judgeSound(evidence: string, { kind, says }: Arrival): LoggingVerdict {
  const all = says === "" ? evidence : `${evidence}; ${says}`;
  switch (kind) {
    case "fine":
      return { kind: "compliant", evidence: all };
    case "unknown":
      return { kind: "undecided", why: all };
    case "late":
      return {
        kind: "drift",
        summary: all,
        detail: { repair: "none" },
        hold: {
          mode: "report-only",
          why: "nothing in the configuration explains it; look at policies of the organization, at lifecycle rules of the log bucket, and whether the bucket had any request",
        },
      };
  }
}

function formatIn({ own: { keyFormat } }: LoggingContext): { readonly keyFormat?: KeyFormat } {
  return keyFormat === undefined ? {} : { keyFormat };
}

/** What of the logging itself is not as the baseline wants it. */
function problemOf(actual: Logging, { own }: LoggingContext): string | undefined {
  const { target = "" } = own;
  if (actual.targetBucket !== target) {
    return `access logs go to ${actual.targetBucket}, not ${target}`;
  }
  const format = keyFormatOf(actual);
  if (own.keyFormat === undefined || format === own.keyFormat) return undefined;
  return `the names of log files are ${format ?? "in a format of their own"}, not ${own.keyFormat}`;
}

type Obstacle =
  | { readonly kind: "undelivered" | "endless"; readonly hold: Hold }
  | { readonly kind: "undecided"; readonly why: string };

function judgeBlocked(target: string, obstacle: Obstacle): LoggingVerdict {
  if (obstacle.kind === "undecided") return { kind: "undecided", why: obstacle.why };
  const summary =
    obstacle.kind === "endless"
      ? `access logs go to ${target} and cause further ones without end`
      : `access logs go to ${target}, but are not delivered there`;
  return { kind: "drift", summary, detail: { repair: "none" }, hold: obstacle.hold };
}

function holdOf(obstacle: Obstacle, target: string): Hold {
  if (obstacle.kind !== "undecided") return obstacle.hold;
  const needs = `a policy of ${target} that is clear about log delivery`;
  return { mode: "blocked", why: obstacle.why, needs };
}

/** Why logging into the target would be pointless now, if so. */
function obstacleFor(
  target: LogTarget | undefined,
  { region, prefix }: { readonly region: string; readonly prefix: string },
  context: LoggingContext,
): Obstacle | undefined {
  const { on, settings } = context;
  if (target === undefined) {
    const name = settings.logTarget ?? "";
    const needs = `a bucket ${name} in account ${on.account}, region ${region}`;
    const why = `the log bucket ${name} does not exist`;
    return { kind: "undelivered", hold: { mode: "blocked", why, needs } };
  }
  const [trouble = loopThrough(target, on)] = troublesAt(target, region);
  if (trouble !== undefined) return { kind: trouble.kind, hold: blockedBy(trouble) };
  return refusalBy(target, prefix, context);
}

function refusalBy(
  target: LogTarget,
  prefix: string,
  context: LoggingContext,
): Obstacle | undefined {
  const { on, own, settings } = context;
  const delivery = judgeDelivery(target, on, prefix);
  if (delivery.kind === "granted") return undefined;
  const { kind, why } = delivery;
  if (kind === "undecided") return { kind, why };
  const needs = `a bucket policy on ${target.name} that lets S3 deliver logs from ${bucketArn(on)}`;
  const blocked = { mode: "blocked", why, needs } as const;
  if (kind === "denied") return { kind: "undelivered", hold: blocked };
  if (judgeAnyDelivery(target, context).kind === "granted") {
    // The log bucket is as the baseline wants it, so its reconcile would not help.
    const instead = `${needs} under "${prefix}", or logging under "${own.prefix}" there`;
    return { kind: "undelivered", hold: { ...blocked, needs: instead } };
  }
  const behind = logTargetOf(on, settings);
  return { kind: "undelivered", hold: behind === undefined ? blocked : { ...blocked, behind } };
}
