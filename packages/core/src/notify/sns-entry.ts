import { resourceId } from "../model/ref.ts";
import { customNotification } from "./amazon-q.ts";
import { isBulletin, type Mail } from "./bulletin.ts";
import { type Message, severityOf } from "./message.ts";
import { jsonLines } from "./ocsf.ts";
import { subjectOf, textOf } from "./render.ts";
import type { TopicDestination } from "./routes.ts";
import { shortened } from "./shorten.ts";

/** What SNS is asked to publish; the names are those of its API. */
export interface SnsEntry {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageStructure?: "json";
  readonly MessageAttributes: Readonly<Record<string, SnsAttribute>>;
}

export interface SnsAttribute {
  readonly DataType: "String" | "String.Array";
  readonly StringValue: string;
}

/** SNS takes 256 KB with all protocols and attributes together; some room is left for these. */
const mostBytes = 240_000;

/**
 * Mail as it is published: text for e-mail and JSON for every other protocol, or what the readers of
 * the topic understand, with attributes that subscriptions can filter on.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
 */
export function snsEntry(mail: Mail, to: TopicDestination): SnsEntry {
  const whole = body(mail, to);
  const fitting =
    isBulletin(mail) || Buffer.byteLength(whole) <= mostBytes
      ? whole
      : body(
          shortened(mail, (it) => Buffer.byteLength(body(it, to)), mostBytes),
          to,
        );
  return {
    Subject: subjectOf(mail),
    Message: fitting,
    ...(to.format === "warden" ? { MessageStructure: "json" } : {}),
    MessageAttributes: { ...attributesOf(mail), ...slackAttribute(to) },
  };
}

function body(mail: Mail, { format }: TopicDestination): string {
  switch (format) {
    case "warden":
      return JSON.stringify({ default: JSON.stringify(mail), email: textOf(mail) });
    case "amazon-q":
      return JSON.stringify(customNotification(mail));
    case "ocsf":
      // Only messages are findings.
      return isBulletin(mail) ? textOf(mail) : jsonLines(mail);
  }
}

function attributesOf(mail: Mail): SnsEntry["MessageAttributes"] {
  if (isBulletin(mail)) {
    const { severity, account, controls, outcomes, kind } = mail;
    return {
      severity: text(severity),
      ...(account === undefined ? {} : { account: text(account) }),
      outcome: list(kind === "digest" ? ["digest"] : outcomes),
      control: list(controls),
    };
  }
  const { on, notices } = mail;
  return {
    severity: text(severityOf(mail)),
    account: text(on.account),
    resource: text(resourceId(on)),
    ...bucketOf(mail),
    outcome: list(notices.map(({ kind }) => kind)),
    control: list(notices.map(({ control }) => control)),
  };
}

function bucketOf({ on }: Message): SnsEntry["MessageAttributes"] {
  return on.kind === "bucket" ? { bucket: text(on.name) } : {};
}

function slackAttribute({ slackChannel }: TopicDestination): SnsEntry["MessageAttributes"] {
  return slackChannel === undefined ? {} : { slackChannel: text(slackChannel) };
}

function text(value: string): SnsAttribute {
  return { DataType: "String", StringValue: value };
}

function list(values: readonly string[]): SnsAttribute {
  return { DataType: "String.Array", StringValue: JSON.stringify([...new Set(values)]) };
}
