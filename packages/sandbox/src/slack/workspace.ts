import { randomBytes } from "node:crypto";
import { parseBlocks, parseView, type SlackBlock, type SlackView, Unfit } from "./blocks.ts";

/** A message as the channel shows it now. */
export interface PostedMessage {
  readonly channel: string;
  readonly ts: string;
  /** The message that it answers. */
  readonly thread?: string;
  /** An answer that the channel shows as well. */
  readonly broadcast: boolean;
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  /** How often it was changed. */
  readonly edits: number;
}

/** A form that somebody was shown. */
export interface OpenedView {
  readonly id: string;
  readonly user: string;
  readonly view: SlackView;
}

/** What a workspace holds. Tests may change it directly. */
export interface Workspace {
  readonly channels: Set<string>;
  /** In the order in which they were posted. */
  readonly messages: PostedMessage[];
  readonly views: OpenedView[];
  /** Group id to the ids of its members. */
  readonly userGroups: Map<string, readonly string[]>;
  /** What the app may do. */
  readonly scopes: Set<string>;
  /** What opens a form, once: for whom, and until when, in milliseconds since 1970. */
  readonly triggers: Map<string, { readonly user: string; readonly until: number }>;
  readonly now: () => number;
}

export function createWorkspace(channels: readonly string[], now: () => number): Workspace {
  return {
    channels: new Set(channels),
    messages: [],
    views: [],
    userGroups: new Map(),
    scopes: new Set(["chat:write", "usergroups:read"]),
    triggers: new Map(),
    now,
  };
}

/** Slack answers most errors with status 200 and one word. */
export class SlackError extends Error {
  override readonly name = "SlackError";
  readonly detail: string | undefined;

  constructor(error: string, detail?: string) {
    super(error);
    this.detail = detail;
  }
}

type Arguments = Readonly<Record<string, unknown>>;
type Method = (given: Arguments, workspace: Workspace) => Arguments;

/** https://docs.slack.dev/reference/methods */
export const methods: Readonly<Record<string, Method>> = {
  "chat.postMessage": (given, workspace) => {
    requireScope("chat:write", workspace);
    const channel = channelOf(given, workspace);
    const content = contentOf(given);
    return { ...post(channel, { ...content, ...placeIn(given) }, workspace) };
  },
  "chat.update": (given, workspace) => {
    requireScope("chat:write", workspace);
    const channel = channelOf(given, workspace);
    const ts = textOf(given, "ts");
    const at = workspace.messages.findIndex((it) => it.channel === channel && it.ts === ts);
    const before = workspace.messages[at];
    if (before === undefined) throw new SlackError("message_not_found");
    const after = { ...before, ...contentOf(given), edits: before.edits + 1 };
    workspace.messages[at] = after;
    return { channel, ts, text: after.text };
  },
  "views.open": (given, workspace) => {
    const trigger = workspace.triggers.get(textOf(given, "trigger_id"));
    if (trigger === undefined) throw new SlackError("invalid_trigger_id");
    workspace.triggers.delete(textOf(given, "trigger_id"));
    if (workspace.now() > trigger.until) throw new SlackError("expired_trigger_id");
    const view = accept(() => parseView(jsonOf(given["view"])), "invalid_arguments");
    const opened = { id: `V${workspace.views.length + 1}`, user: trigger.user, view };
    workspace.views.push(opened);
    return { view: { id: opened.id, ...view } };
  },
  "usergroups.users.list": (given, workspace) => {
    requireScope("usergroups:read", workspace);
    const users = workspace.userGroups.get(textOf(given, "usergroup"));
    if (users === undefined) throw new SlackError("no_such_subteam");
    return { users };
  },
};

/** Posts as an incoming webhook does: into its own channel, and nobody learns under which time. */
export function postByWebhook(given: Arguments, channel: string, workspace: Workspace): void {
  post(channel, { ...contentOf(given), broadcast: false }, workspace);
}

interface Content {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

function post(
  channel: string,
  content: Content & Pick<PostedMessage, "thread" | "broadcast">,
  { messages, now }: Workspace,
) {
  const ts = `${Math.floor(now() / 1_000)}.${String(messages.length + 1).padStart(6, "0")}`;
  messages.push({ channel, ts, ...content, edits: 0 });
  return { channel, ts, message: { text: content.text, blocks: content.blocks } };
}

function placeIn(given: Arguments): Pick<PostedMessage, "thread" | "broadcast"> {
  const thread = given["thread_ts"];
  const broadcast = String(given["reply_broadcast"] ?? "false") === "true";
  return { broadcast, ...(thread === undefined ? {} : { thread: String(thread) }) };
}

const longestText = 40_000;

function contentOf(given: Arguments): Content {
  const text = String(given["text"] ?? "");
  const blocks = given["blocks"];
  if (text === "" && blocks === undefined) throw new SlackError("no_text");
  if (text.length > longestText) throw new SlackError("msg_too_long");
  if (blocks === undefined) return { text, blocks: [] };
  return { text, blocks: accept(() => parseBlocks(jsonOf(blocks)), "invalid_blocks") };
}

function accept<T>(parse: () => T, error: string): T {
  try {
    return parse();
  } catch (problem) {
    if (problem instanceof Unfit) throw new SlackError(error, `[ERROR] ${problem.message}`);
    throw problem;
  }
}

function jsonOf(value: unknown): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : value;
  } catch {
    throw new SlackError("invalid_blocks_format");
  }
}

function channelOf(given: Arguments, { channels }: Workspace): string {
  const channel = textOf(given, "channel");
  if (!channels.has(channel)) throw new SlackError("channel_not_found");
  return channel;
}

function requireScope(scope: string, { scopes }: Workspace): void {
  if (!scopes.has(scope)) throw new SlackError("missing_scope");
}

function textOf(given: Arguments, name: string): string {
  const value = given[name];
  if (typeof value !== "string" || value === "") throw new SlackError("invalid_arguments", name);
  return value;
}

/** A trigger works once, for three seconds. */
export function grantTrigger(user: string, { triggers, now }: Workspace): string {
  const id = `${now()}.${randomBytes(8).toString("hex")}`;
  triggers.set(id, { user, until: now() + 3_000 });
  return id;
}
