import type { SlackBoard, SlackDesk } from "@bucket-warden/core/slack";
import { LogLevel, WebAPIRateLimitedError, WebClient } from "@slack/web-api";
import * as z from "zod";
import { SlackBusy } from "./busy.ts";

const posted = z.object({ channel: z.string(), ts: z.string() });
const members = z.object({ users: z.array(z.string()) });

/**
 * Slack through its Web API, as the bot of this token. One call is tried once: whoever delivered the
 * work delivers it again. Throws SlackBusy for 429.
 * https://docs.slack.dev/tools/node-slack-sdk/web-api
 */
export function createWebBoard(token: string, apiUrl: string): SlackBoard & SlackDesk {
  const client = new WebClient(token, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5_000,
    logLevel: LogLevel.ERROR,
  });
  const call = async (method: string, options: Record<string, unknown>) => {
    try {
      return await client.apiCall(method, options);
    } catch (error) {
      throw error instanceof WebAPIRateLimitedError ? new SlackBusy(error.retryAfter) : error;
    }
  };
  return {
    isInteractive: true,
    async post({ channel, content, thread, isBroadcast = false }) {
      const { text, blocks } = content;
      const answer =
        thread === undefined ? {} : { thread_ts: thread, reply_broadcast: isBroadcast };
      return placeOf(
        await call("chat.postMessage", { channel, text, blocks, ...asItIs, ...answer }),
      );
    },
    async update({ channel, ts }, { text, blocks }) {
      await call("chat.update", { channel, ts, text, blocks });
    },
    async open(trigger, view) {
      await call("views.open", { trigger_id: trigger, view });
    },
    async membersOf(group) {
      return members.parse(await call("usergroups.users.list", { usergroup: group })).users;
    },
  };
}

/** No preview of what a text names, and no markup in it. */
const asItIs = { mrkdwn: false, unfurl_links: false, unfurl_media: false };

function placeOf(answer: unknown) {
  const { channel, ts } = posted.parse(answer);
  return { channel, ts };
}
