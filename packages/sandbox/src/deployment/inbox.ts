import { isBulletin, type Mail, type Message } from "@bucket-warden/core/notify";
import { startQueuePoller } from "../lambda/queue-poller.ts";
import type { World } from "../world.ts";

/** What people would get from the topic. */
export interface Inbox {
  readonly onMessage: (listener: (message: Message) => void) => () => void;
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Reads the queue that is subscribed to the topic. */
export function createInbox(world: World, queueArn: string): Inbox {
  const listeners = new Set<(message: Message) => void>();
  const poller = startQueuePoller({
    world,
    queueArn,
    settings: { functionName: "inbox", timeoutMilliseconds: 5_000 },
    handler: ({ Records }) => {
      for (const { body } of Records) {
        const mail = JSON.parse(body) as Mail; // published by the SNS channel of core
        if (isBulletin(mail)) continue;
        for (const listener of [...listeners]) listener(mail);
      }
    },
  });
  return {
    onMessage: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    idle: poller.idle,
    stop: poller.stop,
  };
}
