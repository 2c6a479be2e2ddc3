import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { effectsOf } from "./effects.ts";
import {
  type Person,
  pressPayload,
  type SlackRequest,
  signedRequest,
  submitPayload,
} from "./people.ts";
import {
  createWorkspace,
  methods,
  type OpenedView,
  type PostedMessage,
  postByWebhook,
  SlackError,
  type Workspace,
} from "./workspace.ts";

/** A pretended Slack on loopback: the Web API, one incoming webhook, and people who push buttons. */
export interface Slack {
  /** For `slackApiUrl` of a client. */
  readonly apiUrl: string;
  readonly webhookUrl: string;
  readonly token: string;
  readonly signingSecret: string;
  /** Where the webhook posts; the only channel at first. */
  readonly channel: string;
  readonly workspace: Workspace;
  /** The requests that came, as method and error, e.g. `chat.postMessage` or `chat.update ratelimited`. */
  readonly calls: readonly string[];
  /** Answers the next calls with 429 and this `Retry-After`, in seconds. */
  readonly limit: (times: number, retryAfterSeconds: number) => void;
  /** Answers the next calls with 500. */
  readonly fail: (times: number) => void;
  /** The request of somebody who pushes the button of this text. */
  readonly press: (by: Person, on: PostedMessage, text: string) => SlackRequest;
  /** The request of somebody who sends a form with these answers. */
  readonly submit: (by: Person, view: OpenedView, ...answers: readonly string[]) => SlackRequest;
  /** The request that Slack makes of a payload. */
  readonly sign: (payload: object) => SlackRequest;
  /** What a message does beyond showing text: mentions, links, formats. */
  readonly effects: (message: PostedMessage) => readonly string[];
  readonly stop: () => Promise<void>;
}

interface Desk {
  readonly workspace: Workspace;
  readonly token: string;
  readonly channel: string;
  readonly webhookPath: string;
  readonly calls: string[];
  readonly troubles: Trouble[];
}

type Trouble = { readonly status: 429; readonly retryAfter: number } | { readonly status: 500 };

/** Starts it on 127.0.0.1. `now` in milliseconds since 1970; the clock of the machine when left out. */
export async function startSlack(now: () => number = Date.now): Promise<Slack> {
  const channel = "C0ALERTS";
  const desk: Desk = {
    workspace: createWorkspace([channel], now),
    token: `xoxb-${randomBytes(12).toString("hex")}`,
    channel,
    webhookPath: `/services/T0SANDBOX/B0SANDBOX/${randomBytes(12).toString("hex")}`,
    calls: [],
    troubles: [],
  };
  const server = createServer((request, response) => {
    serve(desk, request, response).catch(() => response.writeHead(500).end());
  });
  const base = `http://127.0.0.1:${await listen(server)}`;
  const secret = randomBytes(16).toString("hex");
  const sign = (payload: object) => signedRequest(payload, { secret, now: now() });
  return {
    ...desk,
    apiUrl: `${base}/api/`,
    webhookUrl: `${base}${desk.webhookPath}`,
    signingSecret: secret,
    limit: (times, retryAfter) => {
      for (let i = 0; i < times; i += 1) desk.troubles.push({ status: 429, retryAfter });
    },
    fail: (times) => {
      for (let i = 0; i < times; i += 1) desk.troubles.push({ status: 500 });
    },
    press: (by, on, text) => sign(pressPayload(by, on, text, desk.workspace)),
    submit: (by, view, ...answers) => sign(submitPayload(by, view, answers)),
    sign,
    effects: ({ text, blocks }) => effectsOf(text, blocks),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse) {
  const path = request.url ?? "/";
  const method = path === desk.webhookPath ? "webhook" : path.replace("/api/", "");
  const given = argumentsIn(request, await bodyOf(request));
  const trouble = desk.troubles.shift();
  if (trouble !== undefined) {
    desk.calls.push(`${method} ${trouble.status}`);
    respondTrouble(trouble, response);
    return;
  }
  const error = method === "webhook" ? webhook(desk, given, response) : undefined;
  if (method === "webhook") desk.calls.push(error === undefined ? method : `${method} ${error}`);
  else call(desk, { method, token: request.headers.authorization, given }, response);
}

/** https://docs.slack.dev/apis/web-api/rate-limits */
function respondTrouble(trouble: Trouble, response: ServerResponse): void {
  if (trouble.status === 500) {
    response.writeHead(500).end("Internal Server Error");
    return;
  }
  const headers = { ...json, "retry-after": String(trouble.retryAfter) };
  response.writeHead(429, headers).end(JSON.stringify({ ok: false, error: "ratelimited" }));
}

const json = { "content-type": "application/json; charset=utf-8" };

type Given = Readonly<Record<string, unknown>>;

function call(
  { workspace, token: wanted, calls }: Desk,
  { method, token, given }: { method: string; token: string | undefined; given: Given },
  response: ServerResponse,
): void {
  const answer = answerOf(() => {
    if (token === undefined) throw new SlackError("not_authed");
    if (token !== `Bearer ${wanted}`) throw new SlackError("invalid_auth");
    const run = methods[method];
    if (run === undefined) throw new SlackError("unknown_method");
    return { ok: true, ...run(given, workspace) };
  });
  calls.push("error" in answer ? `${method} ${String(answer["error"])}` : method);
  response.writeHead(200, json).end(JSON.stringify(answer));
}

function answerOf(run: () => Given): Given {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const { message, detail } = error;
    const more = detail === undefined ? {} : { response_metadata: { messages: [detail] } };
    return { ok: false, error: message, ...more };
  }
}

/**
 * A webhook answers in plain text. Returns the error, if there was one.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
function webhook(
  { workspace, channel }: Desk,
  given: Given,
  response: ServerResponse,
): string | undefined {
  const { error } = answerOf(() => {
    postByWebhook(given, channel, workspace);
    return {};
  });
  if (error === undefined) response.writeHead(200).end("ok");
  else response.writeHead(400).end(String(error));
  return error === undefined ? undefined : String(error);
}

function argumentsIn(request: IncomingMessage, body: string): Given {
  if (request.headers["content-type"]?.startsWith("application/json") === true) {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  }
  return Object.fromEntries(new URLSearchParams(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks = await Array.fromAsync(request as AsyncIterable<Buffer>); // no encoding was set
  return Buffer.concat(chunks).toString("utf8");
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port; // a TCP server that listens has one
}
