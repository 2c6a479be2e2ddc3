import type { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { AccountId } from "../model/ref.ts";

type Provider = ReturnType<typeof fromTemporaryCredentials>;
type Credentials = Awaited<ReturnType<Provider>>;

/** The SDK renews what has less than five minutes left. */
const renewedBefore = 5 * 60_000;

/**
 * One session for each account, however many services and Regions are asked there: STS answers 600
 * requests a second for a whole account and Region of the hub.
 */
export function sessionsOf(assume: (account: AccountId) => Provider) {
  const sessions = new Map<AccountId, () => Promise<Credentials>>();
  return (account: AccountId): (() => Promise<Credentials>) => {
    const session = sessions.get(account) ?? kept(assume(account));
    sessions.set(account, session);
    return session;
  };
}

/** Those who ask at the same time get the same answer; a refusal is not kept. */
function kept(provider: Provider): () => Promise<Credentials> {
  let latest: Promise<Credentials> | undefined;
  return async () => {
    const asked = latest;
    const held = await asked?.catch(() => undefined);
    if (held !== undefined && isFresh(held)) return held;
    // Another who asked meanwhile may have renewed it.
    const renewed = latest === undefined || latest === asked ? provider() : latest;
    latest = renewed;
    return renewed;
  };
}

function isFresh({ expiration }: Credentials): boolean {
  return expiration === undefined || expiration.getTime() - Date.now() > renewedBefore;
}
