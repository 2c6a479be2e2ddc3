import { type ResourceRef, resourceId, type SlackPlace } from "../model/index.ts";
import type { Message, Press } from "../notify/index.ts";
import type { Table } from "../record/index.ts";

/** The first message about a resource, under which the others stand. */
export interface SlackThread {
  readonly ts: string;
  /** ISO 8601 */
  readonly at: string;
}

/** What is remembered of a workspace. A port: every function throws when the store did not do its work. */
export interface SlackMemory {
  /** False where this request was here before. */
  readonly claim: (request: string, at: string) => Promise<boolean>;
  readonly wasPosted: (channel: string, mail: string) => Promise<boolean>;
  readonly savePosted: (channel: string, mail: string, at: string) => Promise<void>;
  readonly thread: (channel: string, on: ResourceRef) => Promise<SlackThread | undefined>;
  readonly saveThread: (channel: string, on: ResourceRef, thread: SlackThread) => Promise<void>;
  readonly message: (at: SlackPlace) => Promise<Message | undefined>;
  readonly saveMessage: (at: SlackPlace, message: Message) => Promise<void>;
  /** What people did with a message, oldest first. */
  readonly presses: (at: SlackPlace) => Promise<readonly Press[]>;
  readonly savePress: (at: SlackPlace, press: Press) => Promise<void>;
}

/** Longer than any request may be on its way. */
const daysOfRequests = 1;
/** After so long nobody pushes a button any more, and a resource begins a new thread. */
const daysOfMessages = 30;

/**
 * It stands in the table of the ledger:
 *
 *     slack-request#<id>            claim               that the request came
 *     slack-posted#<channel>#<id>   mail                that the mail was posted
 *     slack-thread#<channel>#<id>   thread              the first message about a resource
 *     slack-message#<channel>#<ts>  message             what the message tells
 *     slack-message#<channel>#<ts>  press#<time>#<id>   what somebody did with it
 */
export function slackMemoryIn(table: Table): SlackMemory {
  const days = daysOfMessages;
  return {
    claim: (request, at) =>
      table.putNew({
        ...keysOf("request", request, "claim"),
        value: true,
        at,
        days: daysOfRequests,
      }),
    wasPosted: async (channel, mail) =>
      (await get(table, keysOf("posted", `${channel}#${mail}`, "mail"))) !== undefined,
    savePosted: (channel, mail, at) =>
      table.put({ ...keysOf("posted", `${channel}#${mail}`, "mail"), value: true, at, days }),
    // What stands in the table was written by this file, here and below.
    thread: async (channel, on) =>
      (await get(table, threadKeys(channel, on))) as SlackThread | undefined,
    saveThread: (channel, on, value) =>
      table.put({ ...threadKeys(channel, on), value, at: value.at, days }),
    message: async (at) => (await get(table, messageKeys(at, "message"))) as Message | undefined,
    saveMessage: (at, value) =>
      table.put({ ...messageKeys(at, "message"), value, at: value.at, days }),
    presses: async (at) => {
      const range = { prefix: "press#", order: "ascending" } as const;
      const records = await Array.fromAsync(table.list(messageKeys(at, "").partition, range));
      return records.map(({ value }) => value as Press);
    },
    savePress: (at, value) => {
      const sort = `press#${value.at}#${value.id}`;
      return table.put({ ...messageKeys(at, sort), value, at: value.at, days });
    },
  };
}

interface Keys {
  readonly partition: string;
  readonly sort: string;
}

function keysOf(kind: string, id: string, sort: string): Keys {
  return { partition: `slack-${kind}#${id}`, sort };
}

function threadKeys(channel: string, on: ResourceRef): Keys {
  return keysOf("thread", `${channel}#${on.account}#${resourceId(on)}`, "thread");
}

function messageKeys({ channel, ts }: SlackPlace, sort: string): Keys {
  return keysOf("message", `${channel}#${ts}`, sort);
}

function get(table: Table, { partition, sort }: Keys): Promise<unknown> {
  return table.get(partition, sort);
}
