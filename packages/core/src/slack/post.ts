import { type Clock, dayMilliseconds, isoTime } from "../kernel/index.ts";
import type { SlackPlace } from "../model/index.ts";
import { isBulletin, type Mail, type Message, severityOf, slackContent } from "../notify/index.ts";
import type { SlackMemory, SlackThread } from "./memory.ts";
import type { SlackBoard } from "./ports.ts";

interface Ports {
  readonly board: SlackBoard;
  readonly memory: SlackMemory;
  readonly clock: Clock;
}

/**
 * Posts a mail, once however often it is delivered, under the first message about its resource. Throws
 * when Slack or the memory fail; it must then be delivered again. Slack knows no mark by which it
 * would refuse a second post, so one that failed between the post and its record is posted twice.
 */
export async function postMail(
  mail: Mail,
  channel: string,
  { board, memory, clock }: Ports,
): Promise<"posted" | "known"> {
  const id = identityOf(mail);
  if (await memory.wasPosted(channel, id)) return "known";
  const at = isoTime(clock);
  const content = slackContent(mail, { buttons: board.isInteractive });
  if (isBulletin(mail)) {
    await board.post({ channel, content });
  } else {
    const thread = await threadOf(mail, channel, { memory, clock });
    const isBroadcast = severityOf(mail) !== "info";
    const answer = thread === undefined ? {} : { thread: thread.ts, isBroadcast };
    const place = await board.post({ channel, content, ...answer });
    if (place !== undefined) await remember({ mail, channel, place, thread, at }, memory);
  }
  await memory.savePosted(channel, id, at);
  return "posted";
}

/** One task may tell in parts, each under the id of the task. */
function identityOf(mail: Mail): string {
  if (isBulletin(mail)) return mail.id;
  return [mail.id, ...mail.notices.map(({ kind, control }) => `${kind}/${control}`)].join("#");
}

/** An older thread is out of sight: what is new deserves a place in the channel. */
const longestThreadMilliseconds = 7 * dayMilliseconds;

async function threadOf(
  { on }: Message,
  channel: string,
  { memory, clock }: Pick<Ports, "memory" | "clock">,
): Promise<SlackThread | undefined> {
  const thread = await memory.thread(channel, on);
  if (thread === undefined) return undefined;
  const age = clock.now() - Date.parse(thread.at);
  return age < longestThreadMilliseconds ? thread : undefined;
}

interface Posted {
  readonly mail: Message;
  /** As it was asked for, which may be by name. */
  readonly channel: string;
  readonly place: SlackPlace;
  readonly thread: SlackThread | undefined;
  readonly at: string;
}

async function remember(
  { mail, channel, place, thread, at }: Posted,
  memory: SlackMemory,
): Promise<void> {
  await memory.saveMessage(place, mail);
  if (thread === undefined) await memory.saveThread(channel, mail.on, { ts: place.ts, at });
}
