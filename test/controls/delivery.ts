import { accessLogging } from "../../packages/core/src/controls/access-logging.ts";
import { type Delivery, judgeDelivery } from "../../packages/core/src/controls/log-delivery.ts";
import type { PolicyText } from "../../packages/core/src/model/facets.ts";
import { absent, type Known, present } from "../../packages/core/src/model/reading.ts";
import { alone } from "./logging.ts";
import { invoices, judge, logs, logTargetOf } from "./readings.ts";

export const service = "logging.s3.amazonaws.com";
export const everything = `arn:aws:s3:::${logs.name}/*`;
export const account = "111122223333";
export const source = "arn:aws:s3:::invoices";

export const open = {
  Effect: "Allow",
  Principal: { Service: service },
  Action: "s3:PutObject",
  Resource: everything,
};
export const fromAccount = { StringEquals: { "aws:SourceAccount": account } };
export const fromInvoices = { ArnLike: { "aws:SourceArn": source } };

export function deliveryUnder(policy: Known<PolicyText>, prefix = "invoices/"): Delivery {
  return judgeDelivery(logTargetOf({ policy }).value, invoices, prefix);
}

/** What the log bucket itself is told: its policy has to serve every source of the account. */
export function targetUnder(policy: Known<PolicyText>): string {
  const logTarget = logTargetOf({ policy });
  const readings = {
    logging: absent,
    vendedLogs: absent,
    lastLog: absent,
    location: present(logs.region),
    logTarget,
  };
  return judge(accessLogging, readings, { on: logs, baseline: alone }).kind;
}
