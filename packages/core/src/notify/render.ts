import { assertNever } from "../kernel/never.ts";
import { printable } from "../kernel/printable.ts";
import type { Attribution } from "../model/attribution.ts";
import { resourceId, resourceName } from "../model/ref.ts";
import type { Actor, Cause } from "../model/trigger.ts";
import type { NextAction } from "./actions.ts";
import { type Bulletin, isBulletin, type Mail } from "./bulletin.ts";
import { type Change, type Message, type Notice, severityOf } from "./message.ts";

/**
 * Subject of an SNS e-mail: less than 100 characters of printable ASCII, as SNS demands.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function subjectOf(mail: Mail): string {
  const urgency =
    (isBulletin(mail) ? mail.severity : severityOf(mail)) === "critical" ? "CRITICAL " : "";
  const subject = `[Bucket Warden] ${urgency}${isBulletin(mail) ? mail.title : newsIn(mail)}`;
  return subject.replace(/[^\x20-\x7e]/g, "?").slice(0, 99);
}

function newsIn({ notices, on }: Message): string {
  const kinds = [...new Set(notices.map(({ kind }) => kind))].join(", ");
  return `${kinds}: ${resourceName(on)}`;
}

/** Mail as plain text, for e-mail and terminals. */
export function textOf(mail: Mail): string {
  const lines = isBulletin(mail) ? bulletinLines(mail) : messageLines(mail);
  return lines.map(printable).join("\n");
}

function bulletinLines({ title, sections, at }: Bulletin): readonly string[] {
  return [
    title,
    ...sections.flatMap((section) => ["", section.title, ...section.lines.map((it) => `  ${it}`)]),
    "",
    at,
  ];
}

function messageLines(message: Message): readonly string[] {
  const { on, accountName, cause, at, notices, changes, proposals, id } = message;
  const account = accountName === undefined ? on.account : `${accountName}, ${on.account}`;
  return [
    `${resourceId(on)} (account ${account}, ${on.region})`,
    causeText(cause),
    ...notices.flatMap(noticeLines),
    ...changes.flatMap((change) => changeLines(change, "was")),
    ...(proposals ?? []).flatMap((change) => changeLines(change, "would be")),
    "",
    `Ledger entry ${id}, ${at}`,
  ];
}

/** Who or what made us look, in one line. */
export function causeText(cause: Cause): string {
  switch (cause.kind) {
    case "event":
      return `${cause.eventName} by ${callerText(cause.actor)} at ${cause.eventTime}`;
    case "sweep":
      return `found by sweep ${cause.sweepId}`;
    case "manual":
      return `asked for by ${cause.requestedBy}: ${cause.reason}`;
  }
}

function callerText({ arn, invokedBy }: Actor): string {
  return invokedBy === undefined ? arn : `${arn} through ${invokedBy}`;
}

/** Who made a change and from where, in one line. */
export function whoText(who: Attribution): string {
  if (who.kind === "unknown") return `not known: ${who.why}`;
  const { sourceIp, userAgent } = who.actor;
  const from = sourceIp === undefined ? "" : ` from ${sourceIp}`;
  const tool = userAgent === undefined ? "" : ` with ${userAgent}`;
  return `${callerText(who.actor)}${from}${tool}: ${who.eventName} at ${who.eventTime}`;
}

function noticeLines(notice: Notice): readonly string[] {
  const { kind, control, news, saw, did, next, witness, who, fixes, impact, conflicts } = notice;
  return [
    "",
    `${kind.toUpperCase()}  ${control}${news === undefined ? "" : `  (${news})`}`,
    `  What we saw:     ${saw}`,
    ...(witness === undefined ? [] : [`  For example:     ${witness}`]),
    ...(who === undefined ? [] : [`  Who did it:      ${whoText(who)}`]),
    `  What we did:     ${did}`,
    ...(impact ?? []).map((sentence) => `  It would deny:   ${sentence}`),
    ...(next === "" ? [] : [`  What you can do: ${next}`]),
    ...(conflicts ?? []).map((line) => `    ${line}`),
    ...(notice.actions ?? []).flatMap(actionLines),
    ...(notice.runbook === undefined ? [] : [`  Runbook:         ${notice.runbook}`]),
    ...(fixes ?? []).flatMap(({ tool, lines }) => [
      `  In ${tool}:`,
      ...lines.map((line) => `    ${line}`),
    ]),
  ];
}

function actionLines(action: NextAction): readonly string[] {
  const { commands } = action;
  if (commands === undefined) return [];
  const lines = [commands.warden, commands.aws].filter((line) => line !== undefined);
  return [`  To ${actionText(action)}:`, ...lines.map((line) => `    ${line}`)];
}

/** What an action does, in a few words that follow "to". */
export function actionText(action: NextAction): string {
  switch (action.kind) {
    case "approve":
      return "approve just this plan";
    case "repair":
      return `have ${action.control} repair it`;
    case "undo":
      return "take this back";
    case "waive":
      return `accept it for ${action.days} days`;
    case "history":
      return "see what was done before";
    default:
      return assertNever(action);
  }
}

function changeLines({ document, controls, diff }: Change, verb: string): readonly string[] {
  const lines = diff.map((line) => `    ${line}`);
  return ["", `The ${document} ${verb} changed for ${controls.join(", ")}:`, ...lines];
}
