import { printable } from "../kernel/printable.ts";
import { resourceId, resourceName } from "../model/ref.ts";
import type { Cause } from "../model/trigger.ts";
import type { Change, Message, Notice } from "./message.ts";

/**
 * Subject of an SNS e-mail: less than 100 characters of printable ASCII, as SNS demands.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function subjectOf({ notices, on }: Message): string {
  const kinds = [...new Set(notices.map(({ kind }) => kind))].join(", ");
  const subject = `[Bucket Warden] ${kinds}: ${resourceName(on)}`;
  return subject.replace(/[^\x20-\x7e]/g, "?").slice(0, 99);
}

/** The message as plain text, for e-mail and terminals. */
export function textOf(message: Message): string {
  const { on, cause, at, notices, changes, id } = message;
  return [
    `${resourceId(on)} (account ${on.account}, ${on.region})`,
    causeText(cause),
    ...notices.flatMap(noticeLines),
    ...changes.flatMap(changeLines),
    "",
    `Ledger entry ${id}, ${at}`,
  ]
    .map(printable)
    .join("\n");
}

/** Who or what made us look, in one line. */
export function causeText(cause: Cause): string {
  switch (cause.kind) {
    case "event": {
      const via = cause.actor.invokedBy === undefined ? "" : ` through ${cause.actor.invokedBy}`;
      return `${cause.eventName} by ${cause.actor.arn}${via} at ${cause.eventTime}`;
    }
    case "sweep":
      return `found by sweep ${cause.sweepId}`;
    case "manual":
      return `asked for by ${cause.requestedBy}: ${cause.reason}`;
  }
}

function noticeLines(notice: Notice): readonly string[] {
  const { kind, control, saw, did, next, witness } = notice;
  return [
    "",
    `${kind.toUpperCase()}  ${control}`,
    `  What we saw:     ${saw}`,
    ...(witness === undefined ? [] : [`  For example:     ${witness}`]),
    `  What we did:     ${did}`,
    ...(next === "" ? [] : [`  What you can do: ${next}`]),
  ];
}

function changeLines({ document, controls, diff }: Change): readonly string[] {
  const lines = diff.map((line) => `    ${line}`);
  return ["", `The ${document} was changed for ${controls.join(", ")}:`, ...lines];
}
