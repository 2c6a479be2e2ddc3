import type { SlackBoard } from "@bucket-warden/core/slack";
import { SlackBusy } from "./busy.ts";

/**
 * Slack through an incoming webhook: it posts into the one channel that it was made for, and nobody
 * learns where a message stands, so there are no threads and no buttons. Throws SlackBusy for 429.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export function createWebhookBoard(url: string): SlackBoard {
  return {
    isInteractive: false,
    async post({ content: { text, blocks } }) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify({ text, blocks }),
        signal: AbortSignal.timeout(5_000),
      });
      const answer = await response.text();
      if (response.status === 429) throw new SlackBusy(secondsIn(response));
      if (!response.ok) throw new Error(`the webhook answered ${response.status}: ${answer}`);
      return undefined;
    },
    update: () => Promise.reject(new Error("a message of a webhook cannot be changed")),
  };
}

function secondsIn({ headers }: Response): number {
  const seconds = Number(headers.get("retry-after"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 1;
}
