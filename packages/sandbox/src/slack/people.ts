import { createHmac } from "node:crypto";
import type { SlackBlock } from "./blocks.ts";
import { grantTrigger, type OpenedView, type PostedMessage, type Workspace } from "./workspace.ts";

/** An HTTP request as Slack sends it to the app. */
export interface SlackRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

type Button = Extract<SlackBlock, { type: "actions" }>["elements"][number];

/** The buttons that a message shows. */
export function buttonsOf({ blocks }: PostedMessage): readonly Button[] {
  return blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
}

/** Somebody pushes the button of this text. Throws where the message has none. */
export function pressPayload(
  by: Person,
  on: PostedMessage,
  text: string,
  workspace: Workspace,
): object {
  const button = buttonsOf(on).find((it) => it.text.text === text);
  if (button === undefined) throw new Error(`the message has no button ${text}`);
  const { channel, ts } = on;
  return {
    type: "block_actions",
    user: { id: by.id, username: by.name, name: by.name, team_id: "T0SANDBOX" },
    api_app_id: "A0SANDBOX",
    container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: false },
    trigger_id: grantTrigger(by.id, workspace),
    team: { id: "T0SANDBOX", domain: "sandbox" },
    channel: { id: channel, name: "alerts" },
    message: { type: "message", ts, text: on.text, blocks: on.blocks },
    actions: [{ ...button, action_ts: `${workspace.now() / 1_000}` }],
  };
}

/** Somebody fills in the inputs of a form, in their order, and sends it. */
export function submitPayload(by: Person, opened: OpenedView, answers: readonly string[]): object {
  const inputs = opened.view.blocks.flatMap((block) => (block.type === "input" ? [block] : []));
  const values = inputs.map(({ block_id = "", element }, index) => [
    block_id,
    { [element.action_id]: { type: element.type, value: answers[index] ?? null } },
  ]);
  return {
    type: "view_submission",
    user: { id: by.id, username: by.name, name: by.name, team_id: "T0SANDBOX" },
    team: { id: "T0SANDBOX", domain: "sandbox" },
    view: { id: opened.id, ...opened.view, state: { values: Object.fromEntries(values) } },
  };
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signedRequest(
  payload: object,
  { secret, now }: { readonly secret: string; readonly now: number },
): SlackRequest {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(now / 1_000));
  const digest = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return {
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${digest}`,
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    },
    body,
  };
}
