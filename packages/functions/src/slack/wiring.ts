import type { Clock } from "@bucket-warden/core/kernel";
import type { SlackBoard, SlackDesk } from "@bucket-warden/core/slack";
import type { Wiring } from "../wiring.ts";
import { required, type Secret } from "./environment.ts";
import { createWebBoard } from "./web-client.ts";
import { createWebhookBoard } from "./webhook.ts";

/** Whatever is read again after a while, and not for each request. */
export type Remembered<T> = () => Promise<T>;

/** A secret that was changed, or who is in a group, is seen after so long. */
const memoryMilliseconds = 60_000;

/** Reads a value at first use, and anew once it is old; what could not be read is not remembered. */
export function remembered<T>(read: () => Promise<T>, { now }: Pick<Clock, "now">): Remembered<T> {
  let last: { readonly at: number; readonly value: T } | undefined;
  return async () => {
    if (last === undefined || now() - last.at >= memoryMilliseconds) {
      last = { at: now(), value: await read() };
    }
    return last.value;
  };
}

/** The board that messages go to: a bot's where there is a token, else that of a webhook. */
export function boardOf(wiring: Wiring): Remembered<SlackBoard> {
  const { token, webhook } = wiring.environment.slack;
  if (token !== undefined) return deskOf(wiring);
  const secret = required(webhook, "WARDEN_SLACK_TOKEN or WARDEN_SLACK_WEBHOOK");
  const { clock } = wiring.ports;
  return remembered(async () => createWebhookBoard(await textOf(secret, wiring)), clock);
}

/** A workspace in which people can push buttons. */
export function deskOf(wiring: Wiring): Remembered<SlackBoard & SlackDesk> {
  const { token, apiUrl } = wiring.environment.slack;
  const secret = required(token, "WARDEN_SLACK_TOKEN");
  const { clock } = wiring.ports;
  return remembered(async () => {
    const { membersOf, ...desk } = createWebBoard(await textOf(secret, wiring), apiUrl);
    return { ...desk, membersOf: perGroup(membersOf, clock) };
  }, clock);
}

function perGroup(membersOf: SlackDesk["membersOf"], clock: Clock): SlackDesk["membersOf"] {
  const groups = new Map<string, Remembered<readonly string[]>>();
  return (group) => {
    const known = groups.get(group) ?? remembered(() => membersOf(group), clock);
    groups.set(group, known);
    return known();
  };
}

export function signingSecretOf(wiring: Wiring): Remembered<string> {
  const secret = required(wiring.environment.slack.signingSecret, "WARDEN_SLACK_SIGNING_SECRET");
  return remembered(() => textOf(secret, wiring), wiring.ports.clock);
}

function textOf(secret: Secret, { readSecret }: Wiring): Promise<string> {
  return "value" in secret ? Promise.resolve(secret.value) : readSecret(secret.parameter);
}
