import type { Logging, LogTarget, Readings } from "../../packages/core/src/model/facets.ts";
import {
  absent,
  type Known,
  type Present,
  present,
} from "../../packages/core/src/model/reading.ts";
import { parseRegion } from "../../packages/core/src/model/ref.ts";
import type { Allowance, Assessment } from "../../packages/core/src/model/verdict.ts";
import { invoices, logs, logTargetOf, ordinary, policyOf } from "./readings.ts";

export const account = "111122223333";
export const service = "logging.s3.amazonaws.com";
export const everything = `arn:aws:s3:::${logs.name}/*`;
export const us = parseRegion("us-east-1", "test");

export const grant = {
  Sid: "BucketWardenLogDelivery",
  Effect: "Allow",
  Principal: { Service: service },
  Action: "s3:PutObject",
  Resource: everything,
  Condition: {
    ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" },
    StringEquals: { "aws:SourceAccount": account },
  },
};

/** Where no other control speaks for log buckets, access-logging does. */
export const alone = { ...ordinary, "log-target-health": { mode: "off" } };

/** A target that can receive, but for what a row says. */
export function targetOf(more: Partial<LogTarget> = {}): Known<LogTarget> {
  return logTargetOf({ policy: policyOf(grant), ...more });
}

export function into(targetBucket: string, targetPrefix = "invoices/"): Present<Logging> {
  const enabled = { TargetBucket: targetBucket, TargetPrefix: targetPrefix };
  return present({ targetBucket, targetPrefix, enabled });
}

export const right = into(logs.name);

export function readingsOf(
  logging: Known<Logging>,
  logTarget: Known<LogTarget> = targetOf(),
): Readings {
  return {
    logging,
    vendedLogs: absent,
    lastLog: absent,
    location: present(invoices.region),
    logTarget,
    policy: absent,
  };
}

export const delivered: Assessment = {
  kind: "compliant",
  evidence: `logs go to ${logs.name}, which may receive them`,
};
export const mayDeliver: Assessment = {
  kind: "compliant",
  evidence: "every bucket of this account may deliver logs here",
};
export const automatic: Allowance = { mode: "automatic" };
export const enable = {
  document: "logging",
  kind: "enable-logging",
  targetBucket: logs.name,
  targetPrefix: "invoices/",
} as const;

export const isOff = "server access logging is off";
const isBroken = `access logs go to ${logs.name}, but are not delivered there`;
export const isEndless = `access logs go to ${logs.name} and cause further ones without end`;

export function off(allowance: Allowance = automatic, summary = isOff): Assessment {
  return { kind: "drift", summary, allowance, intents: [enable] };
}

export function broken(allowance: Allowance, summary = isBroken): Assessment {
  return { kind: "drift", summary, allowance, intents: [] };
}
