import { once } from "../kernel/once.ts";
import type { AccountTraits } from "../notify/index.ts";
import type { History } from "../record/index.ts";
import type { createAccountTraits as Traits } from "./account-traits.ts";
import type { createSecurityHubChannel as SecurityHub } from "./channels/security-hub.ts";
import type { createSnsChannel as Sns } from "./channels/sns.ts";
import type { createHistory as Histories } from "./history.ts";
import type * as invoker from "./invoker.ts";

/*
 * Adapters of services that most events never need. Their code, with the SDK's clients, is loaded when
 * they are first used, so that a function starts without them; each is made once all the same.
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

/** See `invoker.ts`. */
export const invokeLater: typeof invoker.invokeLater = async (...given) =>
  (await import("./invoker.ts")).invokeLater(...given);

/** See `invoker.ts`. */
export const invokeFunction: typeof invoker.invokeFunction = async (...given) =>
  (await import("./invoker.ts")).invokeFunction(...given);
