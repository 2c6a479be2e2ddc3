import type { StopSwitch } from "../apply/index.ts";
import { once } from "../kernel/once.ts";
import { absent } from "../model/reading.ts";
import type { AccountTraits } from "../notify/index.ts";
import type { History } from "../record/index.ts";
import type { LookQueue, TaskQueue } from "../resolve/index.ts";
import type { createAccountTraits as Traits } from "./account-traits.ts";
import type { createSecurityHubChannel as SecurityHub } from "./channels/security-hub.ts";
import type { createSnsChannel as Sns } from "./channels/sns.ts";
import type { createHistory as Histories } from "./history.ts";
import type * as invoker from "./invoker.ts";
import type { createLookQueue as LookQueues } from "./look-queue.ts";
import type * as secrets from "./secrets.ts";
import type { createStopSwitch as Stops } from "./stop-switch.ts";
import type { createTaskQueue as Queues } from "./task-queue.ts";

/*
 * Adapters of services that most events never need, or not at once. Their code, with the SDK's clients, is
 * loaded when they are first used, so that a function starts without them; each is made once all the same.
 */

/** See `history.ts`. */
export function createHistory(...given: Parameters<typeof Histories>): History {
  const loaded = once(async () => (await import("./history.ts")).createHistory(...given));
  return {
    async *changesOf(bucket, before) {
      yield* (await loaded()).changesOf(bucket, before);
    },
  };
}

/** See `channels/sns.ts`. */
export function createSnsChannel(...given: Parameters<typeof Sns>): ReturnType<typeof Sns> {
  const loaded = once(async () => (await import("./channels/sns.ts")).createSnsChannel(...given));
  return async (to, mail) => (await loaded())(to, mail);
}

/** See `channels/security-hub.ts`. */
export function createSecurityHubChannel(
  ...given: Parameters<typeof SecurityHub>
): ReturnType<typeof SecurityHub> {
  const loaded = once(async () =>
    (await import("./channels/security-hub.ts")).createSecurityHubChannel(...given),
  );
  return async (messages) => (await loaded())(messages);
}

/** See `account-traits.ts`. */
export function createAccountTraits(
  ...given: Parameters<typeof Traits>
): ReturnType<typeof Traits> {
  const loaded = once(async () =>
    (await import("./account-traits.ts")).createAccountTraits(...given),
  );
  return async (account): Promise<AccountTraits> => (await loaded())(account);
}

/** See `stop-switch.ts`. Asked with the first reads, it is loaded while these are under way. */
export function createStopSwitch(...given: Parameters<typeof Stops>): StopSwitch {
  const loaded = once(async () => (await import("./stop-switch.ts")).createStopSwitch(...given));
  return { read: async () => (await loaded()).read() };
}

/** See `task-queue.ts`. Most reconciles lead to no other one. */
export function createTaskQueue(...given: Parameters<typeof Queues>): TaskQueue {
  const loaded = once(async () => (await import("./task-queue.ts")).createTaskQueue(...given));
  return {
    send: async (tasks) => {
      if (tasks.length > 0) await (await loaded()).send(tasks);
    },
    raise: async (alarm) => (await loaded()).raise(alarm),
    returnAfter: async (receipt, seconds) => (await loaded()).returnAfter(receipt, seconds),
  };
}

/** See `look-queue.ts`. Whoever looks seldom has anything left over. */
export function createLookQueue(...given: Parameters<typeof LookQueues>): LookQueue {
  const loaded = once(async () => (await import("./look-queue.ts")).createLookQueue(...given));
  return { send: async (orders) => (await loaded()).send(orders) };
}

/** Where no parameter is named, nothing can be stopped that way. */
export const noStopSwitch: StopSwitch = { read: async () => absent };

/** See `secrets.ts`. */
export const readSecret: typeof secrets.readSecret = async (...given) =>
  (await import("./secrets.ts")).readSecret(...given);

/** See `invoker.ts`. */
export const invokeLater: typeof invoker.invokeLater = async (...given) =>
  (await import("./invoker.ts")).invokeLater(...given);

/** See `invoker.ts`. */
export const invokeFunction: typeof invoker.invokeFunction = async (...given) =>
  (await import("./invoker.ts")).invokeFunction(...given);
