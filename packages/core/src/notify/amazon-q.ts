import { printable } from "../kernel/printable.ts";
import { resourceId, resourceName } from "../model/ref.ts";
import { type Bulletin, isBulletin, type Mail } from "./bulletin.ts";
import type { Message, Notice } from "./message.ts";
import { actionText, causeText, subjectOf } from "./render.ts";

/** What Amazon Q Developer in chat applications shows in a channel. */
export interface CustomNotification {
  readonly version: "1.0";
  readonly source: "custom";
  readonly id: string;
  readonly content: {
    readonly textType: "client-markdown";
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources?: readonly string[];
    readonly enableCustomActions: boolean;
  };
}

/** How much a chat shows at once; the limits of AWS are not documented. */
const mostCharacters = 3_000;

/**
 * Mail for a topic that Amazon Q Developer reads. What is known of one resource is one thread.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function customNotification(mail: Mail): CustomNotification {
  const title = plain(subjectOf(mail));
  const bare = { version: "1.0", source: "custom", id: mail.id } as const;
  return isBulletin(mail)
    ? { ...bare, ...bulletin(mail, title) }
    : { ...bare, ...news(mail, title) };
}

type Shown = Pick<CustomNotification, "content" | "metadata">;

function news(message: Message, title: string): Shown {
  const { on, notices, cause } = message;
  const description = [causeText(cause), ...notices.flatMap(noticeLines)].map(plain).join("\n");
  const nextSteps = notices.flatMap(stepsOf);
  return {
    content: {
      textType: "client-markdown",
      title,
      description: cut(description),
      ...(nextSteps.length === 0 ? {} : { nextSteps }),
      keywords: [...new Set(notices.map(({ control }) => control))],
    },
    metadata: {
      threadId: resourceId(on),
      summary: plain(`${resourceName(on)} in account ${message.accountName ?? on.account}`),
      eventType: notices[0]?.kind ?? "news",
      relatedResources: [resourceId(on)],
      enableCustomActions: true,
    },
  };
}

function noticeLines({ kind, control, saw, did, witness }: Notice): readonly string[] {
  return [
    `${kind.toUpperCase()} ${control}`,
    `We saw: ${saw}`,
    ...(witness === undefined ? [] : [`For example: ${witness}`]),
    `We did: ${did}`,
  ];
}

function stepsOf({ next, actions = [], runbook }: Notice): readonly string[] {
  const commands = actions.flatMap((action) => {
    const line = action.commands?.warden ?? action.commands?.aws;
    return line === undefined ? [] : [`To ${actionText(action)}: ${line}`];
  });
  const steps = [next, ...commands, ...(runbook === undefined ? [] : [runbook])];
  return steps.filter((step) => step !== "").map((step) => cut(plain(step)));
}

function bulletin({ kind, title: whole, controls, sections }: Bulletin, title: string): Shown {
  const lines = sections.flatMap(({ title: head, lines: rest }) => [head, ...rest]);
  return {
    content: {
      textType: "client-markdown",
      title,
      description: cut(lines.map(plain).join("\n")),
      keywords: controls,
    },
    metadata: {
      threadId: kind,
      summary: plain(whole),
      eventType: kind,
      enableCustomActions: false,
    },
  };
}

/**
 * Text of strangers must format nothing, call nobody and show no other address than it leads to: these
 * open mentions, tags, links and code, in the markdown of one chat or the other.
 */
function plain(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("`", "'")
    .replace(/\](?=[([:])/g, "] ");
}

function cut(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters).toWellFormed()} …`;
}
